import type { CallOutcome } from '@neemata/gateway'

import type { Call } from './call.ts'

/**
 * Ends a call whose handler has returned. Its values are released before its caller goes on, so that the
 * next call finds them free.
 * @param outcome absent: the caller has its answer
 */
export function finishCall(call: Call, outcome?: CallOutcome): Promise<void> | void {
  const released = call.release()
  return released ? released.then(() => settle(call, outcome)) : settle(call, outcome)
}

function settle(call: Call, outcome: CallOutcome | undefined): void {
  call.settle(outcome)
  call.session.leave(call)
}
