import { envBrand, isEnvReference } from '../declare/env-reference.ts'

const longest = 40

/** A value in a message: `the string 'abc'`, `an array`. Long strings are shortened. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (isEnvReference(value)) return `env.${value[envBrand].type}('${value[envBrand].name}')`
  if (typeof value === 'string') return `the string ${quote(value)}`
  if (typeof value === 'number') return `the number ${value}`
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** A text between quotes, shortened. */
export function quote(text: string): string {
  return `'${text.length > longest ? `${text.slice(0, longest)}…` : text}'`
}

/** Joins words as a sentence does: `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  const unique = [...new Set(words)]
  return unique.length < 2
    ? unique.join('')
    : `${unique.slice(0, -1).join(', ')} or ${unique.at(-1)}`
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  record: 'an object',
}

/** What zod calls a type, in words. */
export function describeType(type: string): string {
  return typeNames[type] ?? type
}
