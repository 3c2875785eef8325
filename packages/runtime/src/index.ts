export type { AppInfo, AppRegistry, ProcedureInfo } from './apps/app-registry.ts'
export type { CommandInfo, Commands, CommandStart } from './commands/commands.ts'
export { type CommandParts, runCommand, type RunCommandOptions } from './commands/run-command.ts'
export type {
  AppConfig,
  HttpTransportConfig,
  LoggingConfig,
  RuntimeConfig,
  RuntimeLimits,
  ShutdownConfig,
  TransportConfig,
} from './config.ts'
export type { Values } from './container/values.ts'
export type { Logger } from './declare/logger.ts'
export type { EnvironmentDeclaration, EnvironmentValue } from './environment/declaration.ts'
export { type EnvironmentSource, readEnvironment } from './environment/read-environment.ts'
export { catalogue, type ErrorCatalogueEntry, type NeemataErrorCode } from './errors/catalogue.ts'
export { NeemataError, type NeemataErrorOptions } from './errors/neemata-error.ts'
export { renderErrorDocs } from './errors/render-error-docs.ts'
export type { HookHandler, Hooks } from './lifecycle/hooks.ts'
export type { Phase } from './lifecycle/moments.ts'
export { createLogger } from './logging/create-logger.ts'
export type { LogDestination } from './logging/log-destination.ts'
export type { Mode } from './pipeline/call-services.ts'
export { type ProcessParts, runProcess, type RunProcessOptions } from './process/run-process.ts'
export { type Role, roles } from './process/role.ts'
export { runWorker, type RunWorkerOptions } from './process/run-worker.ts'
export type { Load, Registry, RegistryApp, RegistryProcedure } from './registry.ts'
export { createRuntime, type Runtime } from './runtime.ts'
export type { RuntimeOptions, WorkerOptions } from './runtime-options.ts'
export type { RestartPolicy } from './workers/restart-policy.ts'
export type { ThreadPlace } from './workers/thread-place.ts'
