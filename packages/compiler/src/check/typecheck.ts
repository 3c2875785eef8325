import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { generatedDirectory } from '../render/paths.ts'
import { findTypeScript, type InstalledTypeScript } from './find-typescript.ts'
import type { TscError, TscOutput } from './read-tsc-output.ts'
import { runTsc } from './run-tsc.ts'

export interface TypecheckOptions {
  /** The project root, absolute. */
  readonly root: string
  /** The modules in `generated/`, relative to it, which are checked in any case. */
  readonly generated: readonly string[]
}

/**
 * Type-checks the project by its own TypeScript and tsconfig. Generated modules that the tsconfig leaves
 * out are checked in a second run, with the same options.
 */
export async function typecheck({ root, generated }: TypecheckOptions): Promise<Diagnostic[]> {
  const typescript = findTypeScript(root)
  const project = findAbove(root, 'tsconfig.json')
  if (typescript === undefined) {
    return [createDiagnostic('NM4201', { message: `No TypeScript is found from ${root}.` })]
  }
  if (project === undefined) {
    const message = `There is no tsconfig.json in ${root}, nor in a folder above it.`
    return [createDiagnostic('NM4202', { message })]
  }
  const output = await runTsc({ typescript, root, project })
  const covered = new Set(output.files.map((file) => resolve(file)))
  const missed = generated
    .map((path) => join(root, generatedDirectory, path))
    .filter((file) => existsSync(file) && !covered.has(file))
  const diagnostics = explain(output, root)
  if (missed.length === 0 || diagnostics.some(({ code }) => code === 'NM4204')) return diagnostics
  const second = await checkFiles({ typescript, root, project, files: missed })
  return deduplicate([...diagnostics, ...explain(second, root)])
}

/** Checks single files with the options of a tsconfig, by one that extends it for as long as that takes. */
async function checkFiles(options: {
  readonly typescript: InstalledTypeScript
  readonly root: string
  readonly project: string
  readonly files: readonly string[]
}): Promise<TscOutput & { readonly failed: boolean }> {
  const { typescript, root, project, files } = options
  const temporary = join(root, '.neemata', `tsconfig.check-${process.pid}.json`)
  const text = { extends: project, files, include: [], exclude: [], references: [] }
  await mkdir(dirname(temporary), { recursive: true })
  try {
    await writeFile(temporary, JSON.stringify(text))
    return await runTsc({ typescript, root, project: temporary })
  } finally {
    await rm(temporary, { force: true })
  }
}

function explain(output: TscOutput & { readonly failed: boolean }, root: string): Diagnostic[] {
  const diagnostics = output.errors
    // A tsconfig of references alone has no files of its own; ours are checked in the second run.
    .filter((error) => error.code !== 'TS18002' && error.code !== 'TS18003')
    .map((error) => explainError(error, root))
  if (!output.failed || output.errors.length > 0) return diagnostics
  const message = `TypeScript failed: ${output.rest.join(' ') || 'it gave no reason'}`
  return [createDiagnostic('NM4204', { message })]
}

function explainError({ place, code, message }: TscError, root: string): Diagnostic {
  const text = `${code}: ${message}`
  if (place === undefined) return createDiagnostic('NM4204', { message: text })
  const path = isAbsolute(place.file) ? relative(root, place.file) : place.file
  const at = { ...place, file: path.replaceAll(sep, '/') }
  if (at.file.endsWith('.json')) return createDiagnostic('NM4204', { message: text, at })
  const isGenerated = at.file.startsWith(`${generatedDirectory}/`)
  const hint = isGenerated
    ? 'Run `neemata generate`. If the line stays, correct the module that it imports.'
    : undefined
  return createDiagnostic('NM4203', { message: text, at, hint })
}

function deduplicate(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [JSON.stringify(each), each])).values()]
}

function findAbove(directory: string, name: string): string | undefined {
  const path = join(directory, name)
  if (existsSync(path)) return path
  const parent = dirname(directory)
  return parent === directory ? undefined : findAbove(parent, name)
}
