import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Plugin } from 'rolldown'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { LoadSession } from './load-session.ts'

/** Keeps packages as imports of the bundle, takes local files in, and reports what is missing. */
export function createResolvePlugin(session: LoadSession): Plugin {
  return {
    name: 'neemata:resolve',
    async resolveId(specifier, importer) {
      if (importer === undefined) return null
      if (isBuiltin(specifier) || /^(?:data|https?):/.test(specifier)) return external(specifier)
      const resolved = await this.resolve(specifier, importer, { skipSelf: true })
      const file = resolved?.id.replace(/[?#].*$/, '')
      if (isPath(specifier)) {
        session.sources.add(file ?? resolve(dirname(importer), specifier))
        if (!resolved) reportMissingImport(session, { specifier, importer })
        return resolved ?? external(specifier)
      }
      if (file === undefined) {
        session.missingPackages.add(specifier)
        return external(specifier)
      }
      if (!isPackage(specifier, { importer, file })) {
        session.sources.add(file)
        return resolved
      }
      // The bundle stands in the project; what a file elsewhere imports may not be found from there.
      const fromProject = !relative(session.root, importer).startsWith('..')
      const keep = fromProject && !specifier.startsWith('#')
      return external(keep ? specifier : pathToFileURL(file).href)
    },
  }
}

/** Reports an import that can't be resolved, once for each place that has it. */
export function reportMissingImport(
  session: LoadSession,
  missing: { readonly specifier: string; readonly importer: string },
): void {
  const module = session.modules.get(missing.importer)
  const found = module?.imports.find(({ specifier }) => specifier === missing.specifier)
  session.diagnostics.push(
    createDiagnostic('NM1003', {
      message: isPath(missing.specifier)
        ? `There is no file ${missing.specifier}.`
        : `The package ${packageName(missing.specifier)} can't be found.`,
      hint: isPath(missing.specifier)
        ? 'Correct the path, or create the file.'
        : `Install it, or correct the name ${missing.specifier}.`,
      at: found && module?.source.place(found.span),
    }),
  )
}

function external(id: string): { id: string; external: true } {
  return { id, external: true }
}

function isPath(specifier: string): boolean {
  return /^\.{0,2}\//.test(specifier) || /^\.{1,2}$/.test(specifier) || isAbsolute(specifier)
}

/** Tells a package, linked ones included, from a path alias of tsconfig.json or package.json. */
function isPackage(specifier: string, found: { importer: string; file: string }): boolean {
  if (found.file.includes('/node_modules/')) return true
  if (specifier.startsWith('#')) return false
  const name = packageName(specifier)
  for (let folder = dirname(found.importer); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', name))) return true
    if (folder === dirname(folder)) return false
  }
}

function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
