import { ApiError } from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import { isThenable } from '../time/is-thenable.ts'
import type { Call } from './call.ts'
import { readItems, ValidatedItems } from './read-items.ts'

/**
 * Takes a call through middleware, guards, validation and handler to its validated output; a stream to
 * its items, each validated when it is read. What is
 * there already is not awaited: a turn of the event loop's microtasks costs more than all the rest.
 */
export function runPipeline(call: Call): Promise<unknown> {
  return call.plan.middleware.length === 0 ? runInside(call) : runMiddleware(call, 0)
}

async function runMiddleware(call: Call, index: number): Promise<unknown> {
  const step = call.plan.middleware[index]
  if (!step) return runInside(call)
  let wasCalled = false
  const next = async () => {
    if (wasCalled) throw nextCalledTwice(call)
    wasCalled = true
    return runMiddleware(call, index + 1)
  }
  const context = await step.context(call)
  call.assertRunning()
  return step.handler(context, call.info, next)
}

async function runInside(call: Call): Promise<unknown> {
  const { plan } = call
  if (plan.guards.length > 0) await runGuards(call)

  let input: unknown
  if (plan.validateInput) {
    input = plan.validateInput(call.input)
    if (isThenable(input)) input = await input
  }

  let context = plan.context(call)
  if (isThenable(context)) context = await context
  call.assertRunning()

  let output = plan.handler(context, input)
  if (isThenable(output)) output = await output
  const { validateOutput } = plan
  if (!validateOutput) return output
  return plan.kind === 'stream'
    ? new ValidatedItems(readItems(output, plan), validateOutput)
    : validateOutput(output)
}

async function runGuards(call: Call): Promise<void> {
  for (const { context, handler } of call.plan.guards) {
    let values = context(call)
    if (isThenable(values)) values = await values
    call.assertRunning()
    const verdict = handler(values, call.info)
    if ((isThenable(verdict) ? await verdict : verdict) === false) {
      throw new ApiError('forbidden', 'A guard refused the call.')
    }
  }
}

function nextCalledTwice({ plan }: Call): NeemataError {
  return new NeemataError(
    'NM7304',
    `A middleware of ${plan.app}/${plan.procedure} called next() twice.`,
  )
}
