import type { MaybePromise, Schema } from '@neemata/application'

import { isThenable } from '../time/is-thenable.ts'

/** One thing that a schema refused. */
export interface Issue {
  /** Where in the value; empty for the value itself. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Parses a value; a value that the schema refuses makes it throw, or reject, what `refuse` made. */
export type Validate = (value: unknown) => MaybePromise<unknown>

type Result = Awaited<ReturnType<Schema['~standard']['validate']>>

/** Prepares a schema of any vendor. A schema that answers at once costs no promise. */
export function createValidate(
  schema: Schema | undefined,
  refuse: (issues: readonly Issue[]) => Error,
): Validate | undefined {
  if (!schema) return undefined
  const standard = schema['~standard']
  const read = (result: Result): unknown => {
    if (result.issues) throw refuse(result.issues.map(toIssue))
    return result.value
  }
  return (value) => {
    const result = standard.validate(value)
    return isThenable(result) ? Promise.resolve(result).then(read) : read(result)
  }
}

function toIssue(issue: { message: string; path?: readonly unknown[] | undefined }): Issue {
  return { path: (issue.path ?? []).map(toSegment), message: issue.message }
}

function toSegment(segment: unknown): string | number {
  const key =
    typeof segment === 'object' && segment !== null && 'key' in segment ? segment.key : segment
  return typeof key === 'number' ? key : String(key)
}
