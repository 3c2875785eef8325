import { z } from 'zod'

import { runtimeSchema } from '../schema/runtime.ts'
import type { ResolveContext } from './resolve-context.ts'

const sections = Object.keys(runtimeSchema.shape)
const anySections = z.strictObject(
  Object.fromEntries(sections.map((name) => [name, z.unknown().optional()])),
)

/** Reports what stands at the top level and is no section. */
export function reportUnknownSections(context: ResolveContext): void {
  context.parse(anySections, [])
}
