import {
  type CallerInput,
  type Context,
  createDescriptor,
  type Dependencies,
  type Descriptor,
  type HandlerInput,
  type InferInput,
  type InferOutput,
  type MaybePromise,
  type Schema,
} from '@neemata/application'

/** How long to wait before the next attempt. */
export interface Backoff {
  /** `exponential` doubles the delay with each attempt. */
  readonly type: 'fixed' | 'exponential'
  /** Milliseconds before the second attempt. */
  readonly delay: number
}

/** What a job's handler may know about the job that it runs. */
export interface JobInfo {
  readonly id: string
  /** `shop/reindex`. */
  readonly name: string
  /** Counts from 1. */
  readonly attempt: number
}

/** Work that is done later, by a pool of workers, at least once. */
export interface Job<Input = any, Output = any> extends Descriptor<'job'> {
  readonly pool: string
  readonly input: Schema | undefined
  readonly output: Schema | undefined
  readonly dependencies: Dependencies
  readonly attempts: number
  readonly backoff: Backoff | undefined
  readonly timeout: number | undefined
  readonly handler: (context: any, input: any, job: JobInfo) => unknown
  /** Carries the types of a job; absent at run time. */
  readonly '~types'?: { readonly input: Input; readonly output: Output }
}

/** Any job, whatever its types. */
export type AnyJob = Job

type JobResult<O> = O extends Schema ? MaybePromise<InferInput<O>> : unknown
type WaiterOutput<O, Result> = O extends Schema ? InferOutput<O> : Awaited<Result>

export interface JobOptions<
  I extends Schema | undefined,
  O extends Schema | undefined,
  D extends Dependencies,
  Result,
> {
  /** The pool of `workers.jobs` that runs it. Must be a literal. Default: `io`. */
  readonly pool?: string
  /** Parses the input when the job is added, and again before it runs. */
  readonly input?: I
  /** Parses what the handler returns. */
  readonly output?: O
  readonly dependencies?: D
  /** How often it is tried in all. Default: 1. */
  readonly attempts?: number
  /** The wait between attempts. Default: none. */
  readonly backoff?: Backoff
  /** Milliseconds after which an attempt fails and its signal aborts. Default: no limit. */
  readonly timeout?: number
  handler(context: Context<D>, input: HandlerInput<I>, job: JobInfo): Result
}

/**
 * Declares a job: an export of a module that the app's `jobs` globs name. Handlers may run more than
 * once for one job, so they must bear repetition.
 */
export function defineJob<
  I extends Schema | undefined = undefined,
  O extends Schema | undefined = undefined,
  D extends Dependencies = Record<never, never>,
  Result extends JobResult<O> = JobResult<O>,
>(options: JobOptions<I, O, D, Result>): Job<CallerInput<I>, WaiterOutput<O, Result>> {
  return createDescriptor('job', {
    pool: options.pool ?? 'io',
    input: options.input,
    output: options.output,
    dependencies: Object.freeze({ ...options.dependencies }),
    attempts: options.attempts ?? 1,
    backoff: options.backoff,
    timeout: options.timeout,
    handler: options.handler,
  })
}
