import type { ResolvedConfig } from '../resolved-config.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** Where the shared store listens; empty for the embedded one. */
export function resolveRedis(context: ResolveContext): ResolvedConfig['redis'] {
  return context.parse(runtimeSchema.shape.redis, ['redis']) ?? {}
}
