import type { ResolvedConfig } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** How the system stops. */
export function resolveShutdown(context: ResolveContext): ResolvedConfig['shutdown'] | undefined {
  return context.parse(runtimeSchema.shape.shutdown, ['shutdown'])
}
