import { ApiError, type CallOptions } from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import type { Call } from '../pipeline/call.ts'
import type { Plan } from '../pipeline/plan.ts'
import { runCall } from '../pipeline/run-call.ts'
import type { AppContext } from './app-context.ts'
import { copyValue } from './copy-value.ts'
import { RemoteError } from './remote-error.ts'

/** Calls in a chain from application to application, the client's own included. */
export const deepestNesting = 16

export interface AppCall {
  readonly context: AppContext
  readonly plan: Plan
  readonly input: unknown
  readonly options: CallOptions | undefined
}

/**
 * Calls another application on behalf of a running call: the target's whole pipeline, with the caller's
 * identity and a call scope of its own. It ends when the calling call is aborted.
 * @throws ApiError what the target's pipeline failed with
 * @throws NeemataError NM7302 or NM7303
 */
export async function callApp(
  caller: Call,
  { context, plan, input, options }: AppCall,
): Promise<unknown> {
  caller.assertRunning()
  if (caller.depth > deepestNesting) throw nestedTooDeeply(caller, plan)
  const name = `${plan.app}/${plan.procedure}`
  const copied = copyValue(input, `The input of ${name}`)
  const session = await caller.session.toApp(context)
  caller.assertRunning()

  const signal = options?.signal
  if (signal?.aborted) throw cancelled(name)
  let abort: (() => void) | undefined
  try {
    const outcome = await runCall({
      session,
      plan,
      input: copied,
      caller,
      timeout: options?.timeout,
      onStart(call) {
        if (!signal) return
        abort = () => call.abort(cancelled(name))
        signal.addEventListener('abort', abort, { once: true })
      },
    })
    if (outcome.type === 'error') throw new RemoteError(outcome.error)
    return copyValue(outcome.value, `The output of ${name}`)
  } finally {
    if (abort) signal?.removeEventListener('abort', abort)
  }
}

function cancelled(name: string): ApiError {
  return new ApiError('cancelled', `The call of ${name} was cancelled by its caller.`)
}

function nestedTooDeeply(caller: Call, plan: Plan): NeemataError {
  const chain = [`${plan.app}/${plan.procedure}`]
  for (let call: Call | undefined = caller; call; call = call.caller) {
    chain.push(`${call.plan.app}/${call.plan.procedure}`)
  }
  return new NeemataError(
    'NM7303',
    `More than ${deepestNesting} calls are nested: ${chain.reverse().join(' → ')}`,
  )
}
