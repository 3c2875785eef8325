import type { z } from 'zod'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { closestMatch } from '../closest-match.ts'
import type { LoadedConfig } from '../load.ts'
import { runtimeSchema } from '../schema/runtime.ts'
import { formatPath, valueAt } from './config-path.ts'
import { explainIssue } from './explain-issue.ts'
import { type FlatIssue, flattenIssue } from './flatten-issue.ts'
import { acceptedKeys, schemaAt } from './schema-at.ts'

/** An option that does not exist, and the one that was probably meant. */
interface UnknownKey {
  readonly owner: readonly PropertyKey[]
  readonly key: string
  readonly accepted: readonly string[]
  readonly match: string | undefined
}

/** Turns what a schema has against a part of the config into diagnostics at its source. */
export function createIssueDiagnostics(
  loaded: LoadedConfig,
  error: z.ZodError,
  path: readonly PropertyKey[],
): Diagnostic[] {
  const issues = error.issues.flatMap((issue) => flattenIssue(issue, loaded.value, path))
  const unknown = issues.flatMap((flat) => readUnknownKeys(loaded, flat))
  // A slip in the name of a required option is one mistake, not two.
  const misspelt = new Set(
    unknown.map(({ owner, match }) => match && formatPath([...owner, match])),
  )
  return [
    ...issues
      .filter(({ issue }) => issue.code !== 'unrecognized_keys')
      .filter((flat) => !isMissing(loaded, flat) || !misspelt.has(formatPath(flat.path)))
      .map((flat) => createIssueDiagnostic(loaded, flat)),
    ...unknown.map((one) => createUnknownKeyDiagnostic(loaded, one)),
  ]
}

function isMissing(loaded: LoadedConfig, { path, key }: FlatIssue): boolean {
  return !key && valueAt(loaded.value, path) === undefined
}

function createIssueDiagnostic(loaded: LoadedConfig, flat: FlatIssue): Diagnostic {
  const { path, key } = flat
  const explanation = explainIssue(flat, valueAt(loaded.value, path))
  return createDiagnostic(explanation.code, {
    message: explanation.message,
    hint: explanation.hint ?? (key ? undefined : describeOption(loaded, path)),
    at: loaded.locate(path, { key }),
    configPath: formatPath(path),
  })
}

/** What docs/config.md says of an option. */
function describeOption(loaded: LoadedConfig, path: readonly PropertyKey[]): string | undefined {
  const schema = schemaAt(runtimeSchema, { value: loaded.value, path }) as z.ZodType | undefined
  const description = schema?.meta()?.description
  return description && `${String(path.at(-1))}: ${description}`
}

function readUnknownKeys(loaded: LoadedConfig, { issue, path }: FlatIssue): UnknownKey[] {
  if (issue.code !== 'unrecognized_keys') return []
  const schema = schemaAt(runtimeSchema, { value: loaded.value, path })
  const accepted = acceptedKeys(schema, valueAt(loaded.value, path))
  return issue.keys.map((key) => {
    return { owner: path, key, accepted, match: closestMatch(key, accepted) }
  })
}

function createUnknownKeyDiagnostic(loaded: LoadedConfig, unknown: UnknownKey): Diagnostic {
  const { owner, key, accepted, match } = unknown
  const path = [...owner, key]
  const place = owner.length > 0 ? ` of ${formatPath(owner)}` : ''
  return createDiagnostic('NM1020', {
    message: `There is no option ${formatPath(path)}.`,
    hint: match ? `Did you mean ${match}?` : `The options${place} are ${accepted.join(', ')}.`,
    at: loaded.locate(path, { key: true }),
    configPath: formatPath(path),
  })
}
