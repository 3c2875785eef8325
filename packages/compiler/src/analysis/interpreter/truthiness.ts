import type { Value } from './value.ts'

/** Whether a value counts as true; `undefined` if only the running program knows. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.type) {
    case 'literal':
      return Boolean(value.value)
    case 'external':
    case 'opaque':
      return undefined
    default:
      return true
  }
}

/** Whether a value is `null` or `undefined`; `undefined` if only the running program knows. */
export function isNullish(value: Value): boolean | undefined {
  if (value.type === 'literal') return value.value === null || value.value === undefined
  const truthy = truthiness(value)
  return truthy === undefined ? undefined : false
}
