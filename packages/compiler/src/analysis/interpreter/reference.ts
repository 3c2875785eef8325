import type { ExportReference } from '../../model/model.ts'
import type { Value } from './value.ts'

/** The value, reachable through `reference` unless it has one of its own. */
export function withReference(value: Value, reference: ExportReference | undefined): Value {
  if (reference === undefined || value.reference !== undefined) return value
  switch (value.type) {
    case 'definition':
    case 'object':
    case 'array':
      return { ...value, reference }
    default:
      return value
  }
}

/** How to import a member of what `reference` imports. */
export function memberReference(
  reference: ExportReference | undefined,
  key: string,
): ExportReference | undefined {
  return reference && { file: reference.file, path: [...reference.path, key] }
}
