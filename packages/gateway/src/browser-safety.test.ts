import { readdir, readFile } from 'node:fs/promises'

import { expect, test } from 'vitest'

test.each(['protocol', 'formats'])('%s imports nothing but itself', async (zone) => {
  const folder = new URL(`./${zone}/`, import.meta.url)
  const files = (await readdir(folder)).filter((name) => !/\.test(-d)?\.ts$/.test(name))
  expect(files.length).toBeGreaterThan(2)
  for (const file of files) {
    const text = await readFile(new URL(file, folder), 'utf8')
    const imports = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) => name)
    expect(
      imports.filter((name) => !/^\.\/[\w-]+\.ts$/.test(name ?? '')),
      file,
    ).toEqual([])
    expect(text, file).not.toMatch(/\b(Buffer|process|require)\b[.(]/)
  }
})
