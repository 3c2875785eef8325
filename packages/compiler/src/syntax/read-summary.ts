import { findMutations } from './find-mutations.ts'
import { keepReachable } from './keep-reachable.ts'
import { lineStarts } from './line-starts.ts'
import { lowerExpression } from './lower-expression.ts'
import type { Lowering } from './lowering.ts'
import { readStatements } from './read-statements.ts'
import type { Summary, SyntaxError } from './summary.ts'
import { loadTypeScript, type ts as TypeScript } from './typescript.ts'

/**
 * Reads one source file. Knows nothing of other files: the same text under the same name gives the
 * same summary. The name decides between TypeScript, JavaScript and JSX.
 */
export function readSummary(file: string, text: string): Summary {
  const ts = loadTypeScript()
  const source = ts.createSourceFile(
    file,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
  )
  const syntaxError = firstSyntaxError(ts, source)
  const lines = lineStarts(text)
  if (syntaxError !== undefined) return { ...empty, lines, syntaxError }
  const lowering: Lowering = {
    ts,
    file: source,
    leafDefiners: leafDefinersOf(ts, source),
    lower: (node) => lowerExpression(lowering, node),
  }
  const statements = readStatements(lowering)
  const mutations = findMutations(lowering, statements)
  return {
    lines,
    ...statements,
    declarations: keepReachable({ ...statements, mutations }),
    mutations,
  }
}

const empty = { imports: {}, exports: {}, stars: [], declarations: {}, types: [], mutations: [] }

/** These hold schemas and code, of which the model needs next to nothing. */
const leaves = new Set([
  'defineProcedure',
  'defineGuard',
  'defineMiddleware',
  'defineFilter',
  'defineInjectable',
])

function leafDefinersOf(ts: typeof TypeScript, source: TypeScript.SourceFile): Set<string> {
  const names = new Set<string>()
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue
    if ((statement.moduleSpecifier as TypeScript.StringLiteral).text !== 'neemata') continue
    const bindings = statement.importClause?.namedBindings
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue
    for (const { name, propertyName } of bindings.elements) {
      if (leaves.has((propertyName ?? name).text)) names.add(name.text)
    }
  }
  return names
}

function firstSyntaxError(
  ts: typeof TypeScript,
  source: TypeScript.SourceFile,
): SyntaxError | undefined {
  // Public only through a Program, which would read the libraries and every import.
  const { parseDiagnostics } = source as unknown as {
    readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[]
  }
  const first = parseDiagnostics[0]
  if (first === undefined) return undefined
  return {
    at: first.start,
    end: first.start + Math.max(first.length, 1),
    message: ts.flattenDiagnosticMessageText(first.messageText, ' '),
  }
}
