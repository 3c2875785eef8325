import { config } from './config.ts'
import { contract } from './contract.ts'
import { entries } from './entries.ts'
import type { Generator, RenderInput } from './generator.ts'
import { renderHeader } from './header.ts'
import { modelJson } from './model-json.ts'
import type { OutputFile } from './output-file.ts'
import { registry } from './registry.ts'

/** Every generated file, one generator each. A new output is a new file here and one more line. */
const generators: readonly Generator[] = [config, contract, modelJson, registry, ...entries]

/**
 * Turns the Model and the config into the whole content of `generated/`. Pure: the same input gives the
 * same bytes.
 */
export function render(input: RenderInput): OutputFile[] {
  const header = `// ${renderHeader({ version: input.version, config: input.config.file })}\n`
  return generators.map((generator) => {
    const text = generator.render(input)
    return { path: generator.path, text: generator.path.endsWith('.ts') ? header + text : text }
  })
}
