import { ApiError, type CallOptions } from '@neemata/application'
import type { CallOutcome } from '@neemata/gateway'

import { NeemataError } from '../errors/neemata-error.ts'
import type { Call } from '../pipeline/call.ts'
import type { Plan } from '../pipeline/plan.ts'
import { runCall } from '../pipeline/run-call.ts'
import type { AppContext } from './app-context.ts'
import { copyValue } from './copy-value.ts'

/** Calls in a chain from application to application, the client's own included. */
export const deepestNesting = 16

export interface AppCall {
  readonly context: AppContext
  readonly plan: Plan
  readonly input: unknown
  readonly options: CallOptions | undefined
}

/** A call of another application that has its outcome. */
export interface EnteredCall {
  readonly outcome: CallOutcome
  /** Stops listening to the caller's signal. */
  leave(): void
}

/**
 * Calls another application on behalf of a running call: the target's whole pipeline, with the caller's
 * identity and a call scope of its own. It ends when the calling call is aborted.
 * @throws ApiError `cancelled`
 * @throws NeemataError NM7302 or NM7303
 */
export async function enterApp(
  caller: Call,
  { context, plan, input, options }: AppCall,
): Promise<EnteredCall> {
  caller.assertRunning()
  const name = `${plan.app}/${plan.procedure}`
  assertNotTooDeep(caller, name)
  const copied = copyValue(input, `The input of ${name}`)
  const session = await caller.session.toApp(context)
  caller.assertRunning()
  const current = context.services.apps.get(plan.app)
  if (current !== context) {
    // It was replaced while the session was opened.
    const renewed = current?.plans.get(plan.procedure)
    if (!current || !renewed) throw new ApiError('not_found', `There is no ${name} any more.`)
    return enterApp(caller, { context: current, plan: renewed, input, options })
  }

  const signal = options?.signal
  if (signal?.aborted) throw cancelledByCaller(name)
  let abort: (() => void) | undefined
  const outcome = await runCall({
    session,
    plan,
    input: copied,
    caller,
    timeout: options?.timeout,
    onStart(call) {
      if (!signal) return
      abort = () => call.abort(cancelledByCaller(name))
      signal.addEventListener('abort', abort, { once: true })
    },
  })
  return { outcome, leave: () => abort && signal?.removeEventListener('abort', abort) }
}

export function cancelledByCaller(name: string): ApiError {
  return new ApiError('cancelled', `The call of ${name} was cancelled by its caller.`)
}

/** @throws NeemataError NM7303 */
export function assertNotTooDeep(caller: Call, name: string): void {
  if (caller.depth <= deepestNesting) return
  const chain = [...caller.chain, name].join(' → ')
  throw new NeemataError('NM7303', `More than ${deepestNesting} calls are nested: ${chain}`)
}
