export { ApiError, type ErrorCode } from './api-error.ts'
export { type Application, type ApplicationOptions, defineApplication } from './application.ts'
export type { Call, CallOptions } from './call.ts'
export type { CallInfo } from './call-info.ts'
export type { Context, Dependencies } from './dependencies.ts'
export {
  createDescriptor,
  type Descriptor,
  type DescriptorKind,
  isDescriptor,
  kind,
} from './descriptor.ts'
export { defineEvent, type Event, type EventOptions } from './event.ts'
export { defineFilter, type ErrorClass, type Filter, type FilterOptions } from './filter.ts'
export { defineGuard, type Guard, type GuardOptions } from './guard.ts'
export {
  defineHook,
  type Hook,
  type HookName,
  type HookOptions,
  type HookPayloads,
  type ProcessPayload,
  type SessionPayload,
} from './hook.ts'
export {
  defineInjectable,
  type FactoryInjectableOptions,
  type FactorySource,
  type Injectable,
  type InjectableSource,
  type ReachableScope,
  type Scope,
  type TokenInjectableOptions,
  type TokenSource,
  type ValueInjectableOptions,
  type ValueSource,
} from './injectable.ts'
export {
  defineMiddleware,
  type Middleware,
  type MiddlewareOptions,
  type Next,
} from './middleware.ts'
export {
  configurePlugin,
  definePlugin,
  type Plugin,
  type PluginOptions,
  type PluginParts,
} from './plugin.ts'
export {
  type AnyProcedure,
  type CallerInput,
  defineProcedure,
  type HandlerInput,
  type Procedure,
  type ProcedureOptions,
} from './procedure.ts'
export { provide, type Provision } from './provision.ts'
export { defineRouter, type Router, type RouterOptions, type Routes } from './router.ts'
export type { InferInput, InferOutput, MaybePromise, Schema } from './schema.ts'
export { type AnyStream, defineStream, type Stream, type StreamOptions } from './stream.ts'
