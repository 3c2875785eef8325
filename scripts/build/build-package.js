// @ts-check
import { cp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { rollup } from 'rollup'

import { emitDeclarations } from './emit-declarations.js'
import { stripTypes } from './strip-types.js'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Builds one package: its entries share chunks, everything outside it stays an import.
 * @param {string} name the folder below packages/
 */
export async function buildPackage(name) {
  const directory = path.join(root, 'packages', name)
  const dist = path.join(directory, 'dist')
  await rm(dist, { recursive: true, force: true })
  const bundle = await rollup({
    input: await readEntries(directory),
    external: (id) => !id.startsWith('.') && !path.isAbsolute(id),
    plugins: [stripTypes()],
    onwarn: refuseWarning,
  })
  await bundle.write({
    dir: dist,
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
  })
  await bundle.close()
  await emitDeclarations(directory)
  // The compiler renders the templates as text, so they travel with it as they are.
  if (name === 'compiler') {
    await cp(path.join(root, 'templates/entries'), path.join(dist, 'templates/entries'), {
      recursive: true,
    })
  }
}

/**
 * The entries of package.json's `exports`, by the name that their output has in dist/.
 * @param {string} directory
 * @returns {Promise<Record<string, string>>}
 */
async function readEntries(directory) {
  const manifest = JSON.parse(await readFile(path.join(directory, 'package.json'), 'utf8'))
  /** @type {Record<string, string>} */
  const entries = {}
  for (const target of Object.values(manifest.exports)) {
    if (typeof target === 'string') continue
    const output = target.default.replace('./dist/', '').replace(/\.js$/, '')
    entries[output] = path.join(directory, target.source)
  }
  return entries
}

/** @param {import('rollup').RollupLog} warning */
function refuseWarning(warning) {
  throw new Error(warning.message)
}
