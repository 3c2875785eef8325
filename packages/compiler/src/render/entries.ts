import type { Generator, RenderInput } from './generator.ts'
import { renderString } from './literal.ts'
import { generatedDirectory, renderSpecifier } from './paths.ts'
import { type Features, resolveFeatures } from './resolve-features.ts'

/** Where processes and threads start, and whether a system has such. */
const needs: Readonly<Record<string, (features: Features) => boolean>> = {
  'dev/main.ts': () => true,
  'dev/command.ts': ({ commands }) => commands,
  'prod/main.ts': () => true,
  'prod/worker.ts': ({ workers }) => workers,
  'prod/command.ts': ({ commands }) => commands,
}

/** `generated/dev/*.ts` and `generated/prod/*.ts`: the templates, led to this system's modules. */
export const entries: readonly Generator[] = Object.entries(needs).map(([path, isNeeded]) => ({
  path,
  render(input) {
    return isNeeded(resolveFeatures(input.config, input.model))
      ? resolveSpecifiers(findTemplate(path, input), path)
      : undefined
  },
}))

function findTemplate(path: string, { templates }: RenderInput): string {
  const template = templates.get(path)
  if (template === undefined) throw new Error(`There is no template for generated/${path}`)
  return template
}

/** Points `#registry` at `../registry.ts`, and the like. Nothing else of a template changes. */
function resolveSpecifiers(template: string, path: string): string {
  return template.replace(
    /(\b(?:from|import)\s*\(?\s*)'#([\w/-]+)'/g,
    (_, before: string, name: string) =>
      before + renderString(renderSpecifier(path, `${generatedDirectory}/${name}.ts`)),
  )
}
