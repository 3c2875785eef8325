import { readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

/** The gateway's zones that a client may use. */
const zones: Readonly<Record<string, URL>> = {
  '@neemata/gateway/formats': new URL('../../gateway/src/formats/index.ts', import.meta.url),
  '@neemata/gateway/protocol': new URL('../../gateway/src/protocol/index.ts', import.meta.url),
}

test('everything that a client loads runs in a browser', async () => {
  const sources = await readGraph(new URL('./index.ts', import.meta.url))
  expect(sources.size).toBeGreaterThan(12)
  for (const [file, text] of sources) {
    expect(text, file).not.toMatch(/'node:|\b(Buffer|process|require)\b[.(]/)
  }
})

/** All modules that one module imports, directly or not; fails for a package that is not allowed. */
async function readGraph(entry: URL): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>()
  const queue = [entry]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (sources.has(file.href)) continue
    const text = await readFile(file, 'utf8')
    sources.set(file.href, text)
    for (const [, name = ''] of text.matchAll(/(?:\bfrom|\bimport\(?)\s*'([^']+)'/g)) {
      const next = name.startsWith('.') ? new URL(name, file) : zones[name]
      expect(next, `${name} in ${file.href}`).toBeDefined()
      if (next !== undefined) queue.push(next)
    }
  }
  return sources
}
