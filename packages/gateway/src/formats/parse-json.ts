import { type DecodeOptions, deepestNesting } from './format.ts'
import { describePath, FormatError } from './format-error.ts'
import { findJsonSyntaxError } from './json-syntax.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses JSON that a stranger sent: says where it is malformed, bounds its depth, and refuses the key
 * `__proto__`, which turns into a prototype as soon as somebody copies the object by assignment.
 * @throws {FormatError}
 */
export function parseJson(body: string | Uint8Array, options?: DecodeOptions): ParsedJson {
  const text = typeof body === 'string' ? body : decodeText(body)
  const value = parse(text)
  const maxDepth = Math.min(options?.maxDepth ?? deepestNesting, deepestNesting)
  if (typeof value === 'object' && (mayBeDeep(text, maxDepth) || mayNamePrototype(text))) {
    checkTree(value, maxDepth, [])
  }
  return { text, value }
}

export interface ParsedJson {
  readonly text: string
  readonly value: unknown
}

function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new FormatError('The text is not valid UTF-8.', [], { cause })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const { line, column, what } = findJsonSyntaxError(text)
    throw new FormatError(`Malformed JSON at line ${line}, column ${column}: ${what}.`, [], {
      cause,
    })
  }
}

/** Counts opening brackets up to the limit; too few of them settle the question without a walk. */
function mayBeDeep(text: string, maxDepth: number): boolean {
  if (text.length < 2 * maxDepth) return false
  let count = 0
  for (const bracket of ['[', '{']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > maxDepth) return true
    }
  }
  return false
}

/** An escaped letter may hide the name. */
function mayNamePrototype(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\u')
}

function checkTree(value: unknown, depthLeft: number, path: (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return
  if (depthLeft === 0) {
    throw new FormatError(`Nested deeper than the limit: at ${describePath(path)}.`, [...path])
  }
  for (const key of Object.keys(value)) {
    const step = Array.isArray(value) ? Number(key) : key
    path.push(step)
    if (key === '__proto__') {
      throw new FormatError(`The key __proto__ is refused: at ${describePath(path)}.`, [...path])
    }
    checkTree((value as Record<string, unknown>)[key], depthLeft - 1, path)
    path.pop()
  }
}
