// @ts-check
import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const require = createRequire(import.meta.url)
const tsc = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc')

/**
 * Writes a package's declarations into its dist/.
 * @param {string} directory
 */
export async function emitDeclarations(directory) {
  try {
    await execute(process.execPath, [
      tsc,
      '-p',
      path.join(directory, 'tsconfig.build.json'),
      '--pretty',
      'false',
    ])
  } catch (error) {
    const { stdout } = /** @type {{ stdout: string }} */ (error)
    throw new Error(`declarations of ${path.basename(directory)}:\n${stdout}`, { cause: error })
  }
  await pointAtBuiltFiles(path.join(directory, 'dist'))
}

/**
 * Declarations keep the `.ts` of their sources' imports, which only resolves where the importer allows
 * it; published ones must name the built files.
 * @param {string} dist
 */
async function pointAtBuiltFiles(dist) {
  for (const file of await readdir(dist, { recursive: true })) {
    if (!file.endsWith('.d.ts')) continue
    const absolute = path.join(dist, file)
    const text = await readFile(absolute, 'utf8')
    const rewritten = text.replace(
      /((?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g,
      '$1.js',
    )
    if (rewritten !== text) await writeFile(absolute, rewritten)
  }
}
