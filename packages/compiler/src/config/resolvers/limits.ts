import type { ResolvedLimits } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** What clients may ask of the system. */
export function resolveLimits(context: ResolveContext): ResolvedLimits | undefined {
  return context.parse(runtimeSchema.shape.limits, ['limits'])
}
