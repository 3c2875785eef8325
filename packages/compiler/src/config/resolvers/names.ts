import { z } from 'zod'

import type { ResolveContext } from './resolve-context.ts'

/**
 * The names in a section of named entries; malformed ones are reported and left out. Empty, after a
 * report, if the section is no object.
 */
export function resolveNames(
  context: ResolveContext,
  section: string,
  nameSchema: z.ZodString,
): readonly string[] {
  const names = context.parse(z.record(z.string(), z.unknown()), [section])
  if (names === undefined) return []
  context.parse(z.record(nameSchema, z.unknown()), [section])
  return Object.keys(names).filter((name) => nameSchema.safeParse(name).success)
}
