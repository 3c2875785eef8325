import type { Generator } from './generator.ts'
import { generatedDirectory, renderSpecifier } from './paths.ts'
import { renderString } from './literal.ts'

/** `generated/dev/main.ts` and `generated/prod/main.ts`: where processes start. */
export const entries: readonly Generator[] = ['dev/main.ts', 'prod/main.ts'].map((path) => ({
  path,
  render({ templates }) {
    const template = templates.get(path)
    if (template === undefined) throw new Error(`There is no template for generated/${path}`)
    return resolveSpecifiers(template, path)
  },
}))

/** Points `#registry` at `../registry.ts`, and the like. Nothing else of a template changes. */
function resolveSpecifiers(template: string, path: string): string {
  return template.replace(
    /(\b(?:from|import)\s*\(?\s*)'#([\w/-]+)'/g,
    (_, before: string, name: string) =>
      before + renderString(renderSpecifier(path, `${generatedDirectory}/${name}.ts`)),
  )
}
