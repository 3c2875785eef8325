import type { z } from 'zod'

import { isEnvReference } from '../declare/env-reference.ts'
import { valueAt } from './config-path.ts'

export type Issue = z.core.$ZodIssue

/** An issue that has no others inside, with its path from the root of the config. */
export interface FlatIssue {
  readonly issue: Issue
  readonly path: readonly PropertyKey[]
  /** It concerns the key at the path, not the value. */
  readonly key: boolean
  /** The types that the alternatives at this place would accept, if none of them fits. */
  readonly alternatives?: readonly Issue[]
}

/** Descends into unions and keys, to the issues that a reader can act upon. */
export function flattenIssue(
  issue: Issue,
  root: unknown,
  prefix: readonly PropertyKey[],
): readonly FlatIssue[] {
  const path = [...prefix, ...issue.path]
  if (issue.code === 'invalid_key') {
    return issue.issues.map((inner) => ({ issue: inner, path, key: true }))
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) {
    return [{ issue, path, key: false }]
  }
  const branches = issue.errors.filter((branch) => !isReferenceMismatch(branch))
  const chosen = chooseBranch(branches, valueAt(root, path))
  if (chosen) return chosen.flatMap((inner) => flattenIssue(inner, root, path))
  return [{ issue, path, key: false, alternatives: branches.flat() }]
}

/** The alternative that the value was probably meant to be; `undefined` if it is none of them. */
function chooseBranch(
  branches: readonly (readonly Issue[])[],
  value: unknown,
): readonly Issue[] | undefined {
  if (isEnvReference(value)) return branches.find(([first]) => first?.code === 'custom')
  if (branches.length === 1) return branches[0]
  return branches
    .filter((branch) => !isTypeMismatch(branch))
    .toSorted((a, b) => a.length - b.length)[0]
}

function isTypeMismatch([first]: readonly Issue[]): boolean {
  return (
    first?.path.length === 0 && (first.code === 'invalid_type' || first.code === 'invalid_value')
  )
}

/** What the alternative "a reference" says of any other value: nothing. */
function isReferenceMismatch([first]: readonly Issue[]): boolean {
  return first?.code === 'custom' && first.path.length === 0 && first.params === undefined
}
