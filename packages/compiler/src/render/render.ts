import { config } from './config.ts'
import { contract } from './contract.ts'
import { entries } from './entries.ts'
import { features } from './features.ts'
import type { Generator, RenderInput } from './generator.ts'
import { renderHeader } from './header.ts'
import { modelJson } from './model-json.ts'
import type { OutputFile } from './output-file.ts'
import { registry } from './registry.ts'

/** Every generated file, one generator each. A new output is a new file here and one more line. */
const generators: readonly Generator[] = [
  config,
  contract,
  features,
  modelJson,
  registry,
  ...entries,
]

/**
 * Turns the Model and the config into the whole content of `generated/`. Pure: the same input gives the
 * same bytes.
 */
export function render(input: RenderInput): OutputFile[] {
  const header = `// ${renderHeader({ version: input.version, config: input.config.file })}\n`
  return generators.flatMap(({ path, render }) => {
    const text = render(input)
    return text === undefined ? [] : [{ path, text: path.endsWith('.ts') ? header + text : text }]
  })
}
