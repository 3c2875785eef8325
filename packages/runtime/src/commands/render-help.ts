import type { AnyCommand } from '../declare/command.ts'
import type { Parameter, Parameters } from './parameters.ts'
import { toKebabCase } from './parse-words.ts'

export interface HelpOptions {
  /** How the user got here, `node dist/command.js`. */
  readonly program: string
  readonly name: string
  readonly command: AnyCommand
  readonly parameters: Parameters
}

/** What `--help` says of the program as a whole. */
export function renderUsage(program: string): string {
  return [
    'Usage:',
    ...columns([
      [`${program} list [--json]`, 'the commands of all applications'],
      [`${program} <app/name> [arguments] [options]`, 'runs one'],
      [`${program} <app/name> --help`, 'what it takes'],
    ]),
  ].join('\n')
}

/** What `--help` says of one command. */
export function renderHelp({ program, name, command, parameters }: HelpOptions): string {
  const { args, rest, options } = parameters
  const words = [...(args ?? []), ...(rest ? [rest] : [])]
  const usage = [program, name, ...words.map(renderWord), '[options]']
  if (command.args && !args && !rest) usage.splice(2, 0, '[arguments]')
  const described = [
    ...(options ?? []).map((option) => [renderOption(option), describe(option)] as const),
    ...(parameters.takesAnyOption && !options ? [['--…', 'its schema does not say'] as const] : []),
    ['--json', 'print the result as JSON'] as const,
    ['--help', 'this text'] as const,
  ]
  const blocks = [
    ...(command.description ? [command.description] : []),
    `Usage: ${usage.join(' ')}`,
    ...(words.length > 0
      ? [
          section(
            'Arguments',
            words.map((word) => [`<${word.name}>`, describe(word)] as const),
          ),
        ]
      : []),
    section('Options', described),
  ]
  return blocks.join('\n\n')
}

/** Lines of two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd())
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  return [`${title}:`, ...columns(rows)].join('\n')
}

function renderWord({ name, isRequired, isList }: Parameter): string {
  const word = `<${name}>${isList ? '…' : ''}`
  return isRequired ? word : `[${word}]`
}

function renderOption({ name, type, isList }: Parameter): string {
  const flag = `--${toKebabCase(name)}`
  return type === 'boolean' && !isList ? flag : `${flag} <${type}>${isList ? '…' : ''}`
}

function describe(parameter: Parameter): string {
  const { description, choices, isRequired } = parameter
  const parts = [
    ...(description ? [description] : []),
    ...(choices ? [`One of: ${choices.map(String).join(', ')}.`] : []),
    ...(parameter.default === undefined ? [] : [`Default: ${JSON.stringify(parameter.default)}.`]),
    ...(isRequired ? ['Required.'] : []),
  ]
  return parts.join(' ')
}
