import type { Generator } from './generator.ts'
import { renderLiteral } from './literal.ts'
import { resolveFeatures } from './resolve-features.ts'

/** `generated/features.ts`: the optional parts that this system uses. */
export const features: Generator = {
  path: 'features.ts',
  render({ config, model }) {
    return `export const features = ${renderLiteral(resolveFeatures(config, model))} as const\n`
  },
}
