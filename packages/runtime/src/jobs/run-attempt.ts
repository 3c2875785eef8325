import { ApiError } from '@neemata/application'
import type { Connection } from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import type { JobInfo } from '../declare/job.ts'
import { Call } from '../pipeline/call.ts'
import { Session } from '../pipeline/session.ts'
import { FinalFailure, type StoredAttempt } from '../stores/store.ts'
import type { BoundJob } from './bind-job.ts'
import { decodeJobData, encodeJobData } from './job-data.ts'

/**
 * Runs one attempt of a job: parses the input, gives the handler its dependencies and a signal, and
 * enforces the time limit. An attempt that is out of time or cancelled ends at once, whether or not its
 * handler obeys the signal; its values are released when the handler returns.
 * @returns the output in the encoding of jobs
 * @throws FinalFailure for an input that the job's schema refuses
 */
export async function runAttempt(
  app: AppContext,
  bound: BoundJob,
  attempt: StoredAttempt,
): Promise<string> {
  const input = await readInput(bound, attempt)
  const { job, validateOutput } = bound.loaded
  const session = new Session({
    connection: describeConnection(attempt),
    context: app,
    // Nobody calls: the identity is that of no one.
    carried: { value: undefined },
  })
  const call = new Call({ session, plan: bound.plan, input }, () => undefined)
  const watch = watchAttempt(call, attempt.signal, job.timeout)
  session.enter(call)
  const handling = handle(call, bound, describeJob(attempt)).finally(() => release(session, call))
  try {
    const output = await Promise.race([watch.ended, handling])
    return encodeJobData(validateOutput ? await validateOutput(output) : output)
  } finally {
    watch.stop()
  }
}

async function readInput({ loaded }: BoundJob, { input }: StoredAttempt): Promise<unknown> {
  const value = decodeJobData(input)
  try {
    return loaded.validateInput ? await loaded.validateInput(value) : value
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    const issues = JSON.stringify(cause.data)
    throw new FinalFailure(`The stored input is not valid any more: ${issues}`, { cause })
  }
}

async function handle(call: Call, bound: BoundJob, info: JobInfo): Promise<unknown> {
  const context = await bound.context(call)
  call.assertRunning()
  return await bound.loaded.job.handler(context, call.input, info)
}

async function release(session: Session, call: Call): Promise<void> {
  await call.release()
  call.settle()
  session.leave(call)
  await session.close()
}

/** Aborts the call when the store says so, or when its time is up. */
function watchAttempt(call: Call, signal: AbortSignal, timeout: number | undefined) {
  let end: (error: Error) => void = () => undefined
  const ended = new Promise<never>((_, reject) => (end = reject))
  // Where the handler obeys the signal at once, nobody may be listening any more.
  ended.catch(() => undefined)
  const cut = (error: ApiError) => {
    call.abort(error)
    end(error)
  }
  const onAbort = () => {
    // A process that stops gives its handlers time to obey; a cancelled job is over.
    if (signal.reason instanceof Error)
      call.abort(new ApiError('unavailable', signal.reason.message))
    else cut(new ApiError('cancelled', 'The job was cancelled.'))
  }
  if (signal.aborted) onAbort()
  else signal.addEventListener('abort', onAbort, { once: true })
  const timer =
    timeout === undefined
      ? undefined
      : setTimeout(
          () => cut(new ApiError('timeout', `The job took more than ${timeout} ms.`)),
          timeout,
        )
  return {
    ended,
    stop() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    },
  }
}

function describeJob({ id, job, attempt }: StoredAttempt): JobInfo {
  return Object.freeze({ id, name: job, attempt })
}

/** What applications see that a job calls. */
function describeConnection({ id }: StoredAttempt): Connection {
  return { id: `job ${id}`, transport: 'jobs', protocol: 'http', headers: {}, remoteAddress: '' }
}
