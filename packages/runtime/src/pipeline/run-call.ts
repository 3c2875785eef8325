import type { CallOutcome } from '@neemata/gateway'

import { CallStream, endItems } from './call-stream.ts'
import { Call, type CallStart } from './call.ts'
import { describeSafely } from './describe-failure.ts'
import { finishCall } from './finish-call.ts'
import { readItems } from './read-items.ts'
import { runPipeline } from './run-pipeline.ts'

/** Runs one call to its end, or a stream to its beginning. Never rejects: a failure is an outcome. */
export function runCall(start: CallStart): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const call = new Call(start, resolve)
    call.session.enter(call)
    start.onStart?.(call)
    const connecting = call.session.connect()
    const running = connecting ? connecting.then(() => runPipeline(call)) : runPipeline(call)
    running.then(
      (value) => succeed(call, value),
      (error: unknown) => fail(call, error),
    )
  })
}

function succeed(call: Call, value: unknown): void {
  if (call.plan.kind === 'stream') beginStream(call, value)
  else void finishCall(call, { type: 'value', value })
}

function beginStream(call: Call, value: unknown): void {
  try {
    const items = readItems(value, call.plan)
    // Nobody will read them, but they may hold something already.
    if (call.settled) void endItems(items).then(() => finishCall(call))
    else call.beginStream(new CallStream(call, items))
  } catch (error) {
    void fail(call, error)
  }
}

async function fail(call: Call, thrown: unknown): Promise<void> {
  // Somebody who was told that the call timed out has no use for what the handler said later.
  if (call.settled) return void finishCall(call)
  const error = await describeSafely(call, thrown)
  void finishCall(call, { type: 'error', error })
}
