import { posix } from 'node:path'

/** The folder of generated files, relative to the project root. */
export const generatedDirectory = 'generated'

/**
 * How a generated file imports another file.
 * @param from the generated file, relative to `generated/`
 * @param to a file relative to the project root
 */
export function renderSpecifier(from: string, to: string): string {
  const path = posix.relative(posix.dirname(posix.join(generatedDirectory, from)), to)
  return path.startsWith('.') ? path : `./${path}`
}
