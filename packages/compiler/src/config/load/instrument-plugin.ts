import { dirname, isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Plugin } from 'rolldown'

import { findEnvironmentReads } from './environment-reads.ts'
import { instrumentModule, type TagNames } from './instrument-module.ts'
import type { LoadSession } from './load-session.ts'
import { readModuleImports } from './module-imports.ts'
import { isCode, parseModule } from './parse-module.ts'
import { createSourceText } from './source-text.ts'

/** Checks each module before anything runs, and rewrites it so that its objects remember their place. */
export function createInstrumentPlugin(session: LoadSession, names: TagNames): Plugin {
  return {
    name: 'neemata:instrument',
    transform: {
      order: 'pre',
      handler(code, id) {
        if (!isAbsolute(id) || !isCode(id)) return null
        const source = createSourceText(session.relative(id), code)
        const { program, diagnostics } = parseModule(source)
        session.modules.set(id, {
          source,
          imports: readModuleImports(program),
          defaultExport: program.body.find((node) => node.type === 'ExportDefaultDeclaration')
            ?.declaration,
        })
        const found = diagnostics.length === 0 ? findEnvironmentReads(source, program) : diagnostics
        session.diagnostics.push(...found)
        // Nothing will run, but the bundler goes on to the other files, and finds what is wrong there.
        if (diagnostics.length > 0) return { code: 'export {}', map: null }
        const meta = { url: pathToFileURL(id).href, filename: id, dirname: dirname(id) }
        return instrumentModule({ source, program, tags: session.tags, names, meta })
      },
    },
  }
}
