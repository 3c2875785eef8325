import { extname } from 'node:path'

import { type ESTree, parseSync } from 'rolldown/utils'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { SourceText } from './source-text.ts'

export interface ParsedModule {
  readonly program: ESTree.Program
  /** Syntax errors; with any, the program is incomplete. */
  readonly diagnostics: readonly Diagnostic[]
}

const languages: Readonly<Record<string, 'js' | 'jsx' | 'ts' | 'tsx'>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
}

/** Tells whether a file holds code, by its extension. */
export function isCode(file: string): boolean {
  return extname(file) in languages
}

/** Parses a module of the config, in the language that its extension stands for. */
export function parseModule(source: SourceText): ParsedModule {
  const { program, errors } = parseSync(source.file, source.text, {
    lang: languages[extname(source.file)] ?? 'ts',
    sourceType: 'unambiguous',
    showSemanticErrors: true,
  })
  const diagnostics = errors
    .filter((error) => error.severity === 'Error')
    .map(({ message, labels: [label], helpMessage }) =>
      createDiagnostic('NM1002', {
        message: `The syntax is wrong: ${message.replace(/\.?$/, '.')}`,
        hint: helpMessage ?? undefined,
        at: source.place(label ?? { start: 0, end: 0 }),
      }),
    )
  return { program, diagnostics }
}
