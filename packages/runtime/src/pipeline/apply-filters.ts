import type { Call } from './call.ts'

/** Takes an error through the call's filters, innermost first; each may replace it. */
export async function applyFilters(call: Call, thrown: Error): Promise<Error> {
  let error = thrown
  for (const filter of call.plan.filters) {
    try {
      if (filter.error && !(error instanceof filter.error)) continue
      const replacement = await filter.handler(await filter.context(call), error, call.info)
      if (replacement instanceof Error) error = replacement
    } catch (next) {
      // Throwing the replacement is as good as returning it. What isn't an error can't be one.
      if (next instanceof Error) error = next
    }
  }
  return error
}
