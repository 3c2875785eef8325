import { posix } from 'node:path'
import type { Plugin } from 'vite'

import type { AppModel, ExportReference, Model } from '../model/model.ts'
import { generatedDirectory } from '../render/paths.ts'

const prefix = 'neemata:app/'

/**
 * One chunk for each app, and one more each for its jobs and for its commands, which other threads and
 * processes run. The registry imports every module by itself; bundled like that, each of them becomes a
 * file. Here its imports lead to one virtual module per group, which holds them all.
 */
export function groupByApp({ root, model }: { root: string; model: Model }): Plugin {
  const groups = groupFiles(model)
  const owners = new Map([...groups].flatMap(([name, files]) => files.map((file) => [file, name])))
  const registry = posix.join(root.replaceAll('\\', '/'), generatedDirectory, 'registry.ts')
  return {
    name: 'neemata:app-chunks',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^neemata:app\// },
      handler: (id) => `\0${id}`,
    },
    load: {
      filter: { id: /^\0neemata:app\// },
      handler(id) {
        const files = groups.get(id.slice(1 + prefix.length)) ?? []
        return files.map((file, index) => renderExport({ root, file, index })).join('')
      },
    },
    transform: {
      filter: { id: /registry\.ts$/ },
      handler(code, id) {
        if (id.replaceAll('\\', '/') !== registry) return
        const grouped = code.replace(/import\('([^']+)'\)/g, (whole, specifier: string) => {
          const file = posix.join(generatedDirectory, specifier)
          const owner = owners.get(file)
          if (owner === undefined) return whole
          const index = groups.get(owner)?.indexOf(file)
          return `import('${prefix}${owner}').then((app) => app.m${index})`
        })
        // Lines stay where they are, which is all that a stack in this file needs.
        return { code: grouped, map: null }
      },
    },
  }
}

function renderExport(options: { root: string; file: string; index: number }): string {
  const path = posix.join(options.root.replaceAll('\\', '/'), options.file)
  return `export * as m${options.index} from ${JSON.stringify(path)}\n`
}

/**
 * The files of each group, an app's application first: the order in which they would load unbundled. A
 * file of several groups is in none, so that no group drags in another.
 */
function groupFiles({ apps }: Model): Map<string, string[]> {
  const groups = Object.entries(apps).flatMap(([name, app]) => [
    [name, listFiles(listReferences(app))] as const,
    [`${name}-jobs`, listFiles(listSources(app.jobs))] as const,
    [`${name}-commands`, listFiles(listSources(app.commands))] as const,
  ])
  const uses = new Map<string, number>()
  for (const file of groups.flatMap(([, list]) => list)) uses.set(file, (uses.get(file) ?? 0) + 1)
  return new Map(groups.map(([name, list]) => [name, list.filter((file) => uses.get(file) === 1)]))
}

function listFiles(references: readonly ExportReference[]): string[] {
  return [...new Set(references.map((reference) => reference.file))]
}

function listSources(
  declarations: Readonly<Record<string, { readonly source: ExportReference }>>,
): ExportReference[] {
  return Object.values(declarations).map(({ source }) => source)
}

function listReferences(app: AppModel): ExportReference[] {
  const procedures = Object.values(app.procedures)
  return [
    ...(app.application === undefined ? [] : [app.application]),
    ...app.plugins.map(({ source }) => source),
    ...procedures.flatMap(({ source, guards, middleware, filters }) => [
      source,
      ...guards,
      ...middleware,
      ...filters,
    ]),
  ]
}
