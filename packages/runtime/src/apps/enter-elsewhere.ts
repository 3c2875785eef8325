import type { ApiError, CallOptions } from '@neemata/application'

import type { AppHost } from '../host/app-host.ts'
import type { Call, NestedCall } from '../pipeline/call.ts'
import { copyValue } from './copy-value.ts'
import { assertNotTooDeep, cancelledByCaller, type EnteredCall } from './enter-app.ts'

export interface ElsewhereCall {
  readonly host: AppHost
  readonly app: string
  readonly procedure: string
  readonly input: unknown
  readonly options: CallOptions | undefined
}

/** Counts all calls that leave this thread, so that each is unique in its session. */
let lastId = 0

/**
 * Does what `enterApp` does, for an application that runs in another thread.
 * @throws ApiError `cancelled`
 * @throws NeemataError NM7302 or NM7303
 */
export async function enterElsewhere(
  caller: Call,
  { host, app, procedure, input, options }: ElsewhereCall,
): Promise<EnteredCall> {
  caller.assertRunning()
  const name = `${app}/${procedure}`
  assertNotTooDeep(caller, name)
  const copied = copyValue(input, `The input of ${name}`)
  const session = await caller.session.toElsewhere(app, host)
  caller.assertRunning()

  const signal = options?.signal
  if (signal?.aborted) throw cancelledByCaller(name)
  const id = ++lastId
  const cancel = ({ code, message }: ApiError) => host.cancel(session, id, { code, message })
  const nested: NestedCall = { abort: cancel }
  const onAbort = () => cancel(cancelledByCaller(name))
  caller.addNested(nested)
  signal?.addEventListener('abort', onAbort, { once: true })
  const outcome = await host.call(session, {
    id,
    procedure,
    input: copied,
    callers: caller.chain,
    timeout: options?.timeout,
  })
  return {
    outcome,
    leave() {
      caller.removeNested(nested)
      signal?.removeEventListener('abort', onAbort)
    },
  }
}
