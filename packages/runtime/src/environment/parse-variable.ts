import type { EnvironmentDeclaration } from './declaration.ts'

export type ParsedVariable =
  | { readonly ok: true; readonly value: string | number | boolean }
  | { readonly ok: false }

const refused: ParsedVariable = { ok: false }

/** Reads the text of a variable as its declared type. */
export function parseVariable(declaration: EnvironmentDeclaration, text: string): ParsedVariable {
  switch (declaration.type) {
    case 'string':
      return { ok: true, value: text }
    case 'number':
      return parseNumber(text)
    case 'port':
      return parsePort(text)
    case 'url':
      return URL.canParse(text) ? { ok: true, value: text } : refused
    case 'boolean':
      return parseBoolean(text)
    case 'enum':
      return declaration.values?.includes(text) ? { ok: true, value: text } : refused
  }
}

/** What a variable of this type should hold, for a message. */
export function describeExpectation({ type, values = [] }: EnvironmentDeclaration): string {
  switch (type) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'port':
      return 'a port, 0 to 65535'
    case 'url':
      return 'an absolute URL'
    case 'boolean':
      return 'true or false'
    case 'enum':
      return `one of ${values.join(', ')}`
  }
}

function parseNumber(text: string): ParsedVariable {
  const value = Number(text)
  return Number.isFinite(value) && /^[+-]?[\d.]/.test(text) ? { ok: true, value } : refused
}

function parsePort(text: string): ParsedVariable {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
    ? { ok: true, value: Number(text) }
    : refused
}

function parseBoolean(text: string): ParsedVariable {
  const word = text.toLowerCase()
  if (word === 'true' || word === '1') return { ok: true, value: true }
  if (word === 'false' || word === '0') return { ok: true, value: false }
  return refused
}
