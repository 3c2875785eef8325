// Everything here is imported by users' modules through `neemata`, so it loads no engine: types of
// heavy packages only, never their values.
export { type AnyCommand, type Command, type CommandOptions, defineCommand } from './command.ts'
export { inject, type Inject, type LoggerInjectable } from './inject.ts'
export {
  type AnyJob,
  type Backoff,
  defineJob,
  type Job,
  type JobInfo,
  type JobOptions,
} from './job.ts'
export type { AddJobOptions, JobQueue, JobState, JobStatus, WaitOptions } from './job-queue.ts'
export type { LogFunction, Logger } from './logger.ts'
export type { PubSub, SubscribeOptions } from './pubsub.ts'
export type {
  Apps,
  Identity,
  JobContract,
  JobInput,
  JobName,
  JobOutput,
  Register,
  UntypedApps,
  UntypedRoutes,
} from './register.ts'
export type { Connection } from '@neemata/gateway'
