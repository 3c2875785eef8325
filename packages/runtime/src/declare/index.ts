// Everything here is imported by users' modules through `neemata`, so it loads no engine: types of
// heavy packages only, never their values.
export { inject, type Inject, type LoggerInjectable } from './inject.ts'
export type { LogFunction, Logger } from './logger.ts'
export type { Apps, Identity, Register, UntypedApps, UntypedRoutes } from './register.ts'
export type { Connection } from '@neemata/gateway'
