import { NeemataError } from '../errors/neemata-error.ts'
import type { Parameter, Parameters } from './parameters.ts'
import { readWord } from './read-word.ts'

/** What a command is called with, before its schemas have seen it. */
export interface CommandWords {
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * Reads the words after a command's name. Options are `--limit 10`, `--limit=10`, `--full`, `--no-full`,
 * `--dryRun` or `--dry-run`; a list is one option several times; after `--` all words are arguments.
 * @throws NeemataError NM7802 for an option that doesn't exist, lacks its value, or comes too often
 */
export function parseWords(words: readonly string[], parameters: Parameters): CommandWords {
  const args: unknown[] = []
  const options = new Map<string, unknown>()
  const waiting = [...words]
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (word === '--') {
      for (const rest of waiting.splice(0)) args.push(readArgument(rest, args.length, parameters))
    } else if (word.startsWith('--')) {
      readOption(word, { waiting, options, parameters })
    } else {
      args.push(readArgument(word, args.length, parameters))
    }
  }
  return { args, options: Object.fromEntries(options) }
}

function readArgument(word: string, index: number, { args, rest }: Parameters): unknown {
  return readWord(word, (args?.[index] ?? rest)?.type ?? 'string')
}

interface Reading {
  /** The words that follow. */
  readonly waiting: string[]
  readonly options: Map<string, unknown>
  readonly parameters: Parameters
}

function readOption(word: string, { waiting, options, parameters }: Reading): void {
  const [, flag = '', given] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  const { parameter, negated } = findOption(flag, parameters)
  const name = parameter?.name ?? flag
  if (!parameter && !parameters.takesAnyOption) throw unknownOption(flag, parameters)
  if (negated) return put(options, parameter, name, false)
  if (given !== undefined) {
    return put(options, parameter, name, readWord(given, parameter?.type ?? 'string'))
  }
  const next = waiting[0]
  const isAlone = parameter ? parameter.type === 'boolean' : next?.startsWith('--') !== false
  if (isAlone) return put(options, parameter, name, true)
  if (next === undefined || next.startsWith('--')) {
    throw new NeemataError('NM7802', `--${flag} needs a value.`)
  }
  waiting.shift()
  put(options, parameter, name, readWord(next, parameter?.type ?? 'string'))
}

function findOption(
  flag: string,
  { options = [] }: Parameters,
): { readonly parameter: Parameter | undefined; readonly negated: boolean } {
  const find = (text: string) =>
    options.find(({ name }) => name === text || toKebabCase(name) === text)
  const parameter = find(flag)
  if (parameter || !flag.startsWith('no-')) return { parameter, negated: false }
  const positive = find(flag.slice(3))
  const negated = positive?.type === 'boolean'
  return { parameter: negated ? positive : undefined, negated }
}

function put(
  options: Map<string, unknown>,
  parameter: Parameter | undefined,
  name: string,
  value: unknown,
): void {
  const known = options.get(name)
  if (parameter?.isList) options.set(name, [...(Array.isArray(known) ? known : []), value])
  else if (known === undefined) options.set(name, value)
  else if (parameter) throw new NeemataError('NM7802', `--${toKebabCase(name)} is given twice.`)
  else options.set(name, [...(Array.isArray(known) ? known : [known]), value])
}

/** `dryRun` as users type it: `dry-run`. */
export function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function unknownOption(flag: string, { options = [] }: Parameters): NeemataError {
  const known = options.map(({ name }) => `--${toKebabCase(name)}`).join(', ')
  const rest = known === '' ? 'The command has none.' : `There are: ${known}.`
  return new NeemataError('NM7802', `There is no option --${flag}. ${rest}`)
}
