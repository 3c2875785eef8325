import type { CallOutcome, WireError } from '@neemata/gateway'

import { Call, type CallStart } from './call.ts'
import { describeFailure } from './describe-failure.ts'
import { runPipeline } from './run-pipeline.ts'

/** Runs one call to its end. Never rejects: a failure is an outcome. */
export function runCall(start: CallStart): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const call = new Call(start, resolve)
    call.session.enter(call)
    start.onStart?.(call)
    runPipeline(call).then(
      (value) => finish(call, { type: 'value', value }),
      (error: unknown) => fail(call, error),
    )
  })
}

async function fail(call: Call, thrown: unknown): Promise<void> {
  // Somebody who was told that the call timed out has no use for what the handler said later.
  if (call.settled) return finish(call, undefined)
  finish(call, { type: 'error', error: await describeSafely(call, thrown) })
}

/** An error whose own getters throw must not leave its caller without an answer. */
async function describeSafely(call: Call, thrown: unknown): Promise<WireError> {
  try {
    return await describeFailure(call, thrown)
  } catch {
    return { code: 'internal_error', message: 'The call failed, and so did describing why.' }
  }
}

/** The call's values are released before its caller goes on, so that the next call finds them free. */
function finish(call: Call, outcome: CallOutcome | undefined): void {
  const released = call.release()
  if (released) void released.then(() => settle(call, outcome))
  else settle(call, outcome)
}

function settle(call: Call, outcome: CallOutcome | undefined): void {
  if (outcome) call.settle(outcome)
  call.session.leave(call)
}
