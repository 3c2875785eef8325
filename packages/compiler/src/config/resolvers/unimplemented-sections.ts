import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

/** Checks the sections that nothing reads yet, so that a slip in them shows all the same. */
export function checkUnimplementedSections(context: ResolveContext): void {
  const { workers, scheduler, redis } = runtimeSchema.shape
  context.parse(workers, ['workers'])
  context.parse(scheduler, ['scheduler'])
  context.parse(redis, ['redis'])
}
