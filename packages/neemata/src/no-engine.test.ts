import path from 'node:path'

import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'

const packages = path.resolve(import.meta.dirname, '../..')

/** Everything that an entry loads: modules of this repository, and what they import from outside. */
async function findLoaded(entry: string): Promise<{ modules: string[]; imports: string[] }> {
  const bundle = await rolldown({
    input: path.join(packages, 'neemata/src', entry),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import'] },
    // What Node would load counts, not what is used of it.
    treeshake: { moduleSideEffects: true },
  })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  const [chunk] = output
  return {
    modules: chunk.moduleIds.map((id) => path.relative(packages, id)),
    imports: chunk.imports,
  }
}

test('loads declarations only, and no engine', async () => {
  const { modules, imports } = await findLoaded('index.ts')
  expect(imports).toEqual([])
  expect(modules).toContain('runtime/src/declare/inject.ts')
  const declared =
    /^(application\/src|runtime\/src\/declare)\/|^neemata\/src\/index\.ts$|^\\0rolldown/
  expect(modules.filter((id) => !declared.test(id) && !id.includes('\0'))).toEqual([])
})

test('sees the engine where there is one', async () => {
  const { modules, imports } = await findLoaded('runtime.ts')
  expect(imports).toContain('node:http')
  expect(modules.some((id) => id.includes('node_modules/pino/'))).toBe(true)
})
