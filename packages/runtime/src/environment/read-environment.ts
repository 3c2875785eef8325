import { NeemataError } from '../errors/neemata-error.ts'
import type { EnvironmentDeclaration, EnvironmentValue } from './declaration.ts'
import { describeExpectation, parseVariable } from './parse-variable.ts'

/** Variables by name; an empty one counts as absent. */
export type EnvironmentSource = Readonly<Record<string, string | undefined>>

/**
 * Reads what the configuration asks of the environment, keyed by its place in the configuration.
 *
 * @example
 * const { 'transports.http.port': port } = readEnvironment({
 *   'transports.http.port': { name: 'PORT', type: 'port', default: 3000, optional: false },
 * })
 * @throws NeemataError NM7003 that lists every missing and every wrong variable at once. It shows what a
 * variable holds unless that may be a secret (text, URLs).
 */
export function readEnvironment<
  const Declarations extends Readonly<Record<string, EnvironmentDeclaration>>,
>(
  declarations: Declarations,
  source: EnvironmentSource = process.env,
): { readonly [Path in keyof Declarations]: EnvironmentValue<Declarations[Path]> } {
  const values: Record<string, string | number | boolean | undefined> = {}
  const problems: string[] = []
  for (const [path, declaration] of Object.entries(declarations)) {
    const text = source[declaration.name]
    if (text === undefined || text === '') {
      values[path] = declaration.default
      const isMissing = declaration.default === undefined && !declaration.optional
      if (isMissing) problems.push(describe(path, declaration, 'is not set'))
      continue
    }
    const parsed = parseVariable(declaration, text)
    if (parsed.ok) values[path] = parsed.value
    else problems.push(describe(path, declaration, `holds ${show(declaration, text)}`))
  }
  if (problems.length > 0) throw invalidEnvironment(problems)
  return values as { readonly [Path in keyof Declarations]: EnvironmentValue<Declarations[Path]> }
}

function describe(path: string, declaration: EnvironmentDeclaration, finding: string): string {
  const expected = describeExpectation(declaration)
  return `${declaration.name} ${finding}; expected ${expected}, for ${path}`
}

/** A URL may carry a password, a mistyped number does not. */
function show({ type }: EnvironmentDeclaration, text: string): string {
  if (type === 'url' || type === 'string') return `something else (${text.length} characters)`
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}

function invalidEnvironment(problems: readonly string[]): NeemataError {
  const count = problems.length === 1 ? '1 variable is' : `${problems.length} variables are`
  return new NeemataError(
    'NM7003',
    `In the environment ${count} missing or wrong:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  )
}
