import { withArticle, definerName } from './definers.ts'
import type { ExternalValue, Value } from './value.ts'

/** What a value is, in the words of a message: `a router`, `the text "x"`, `process.env.BETA`. */
export function describe(value: Value): string {
  switch (value.type) {
    case 'definition':
      return withArticle(value.kind)
    case 'object':
      return 'an object'
    case 'array':
      return 'an array'
    case 'namespace':
      return `the module ${value.file}`
    case 'function':
      return 'a function'
    case 'definer':
      return `the function \`${definerName(value.kind)}\``
    case 'external':
      return describeExternal(value)
    case 'literal':
      return describeLiteral(value.value)
    case 'promise':
      return 'a promise'
    case 'opaque':
      return 'a value that is only known when the program runs'
  }
}

/** Of a package, or of Node itself: not read. */
export function isFromPackage(value: Value): boolean {
  return value.type === 'external' && value.origin === 'package'
}

function describeExternal({ origin, name, module = '', namespace }: ExternalValue): string {
  if (origin === 'global') return `\`${name}\``
  const whole = origin === 'package' ? `the package "${module}"` : `the file "${module}"`
  return namespace || name === 'default' ? whole : `\`${name}\` of ${whole}`
}

function describeLiteral(value: string | number | boolean | null | undefined): string {
  if (typeof value === 'string') return `the text ${JSON.stringify(value)}`
  if (typeof value === 'number') return `the number ${value}`
  return `\`${String(value)}\``
}
