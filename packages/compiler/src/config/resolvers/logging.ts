import type { ResolvedConfig } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** What is logged. */
export function resolveLogging(context: ResolveContext): ResolvedConfig['logging'] | undefined {
  return context.parse(runtimeSchema.shape.logging, ['logging'])
}
