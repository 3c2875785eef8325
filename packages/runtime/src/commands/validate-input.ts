import type { Schema } from '@neemata/application'

import type { AnyCommand } from '../declare/command.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { createValidate, type Issue } from '../pipeline/validate.ts'
import { readParameters } from './parameters.ts'
import { toKebabCase } from './parse-words.ts'

/** What a command is called with from code. */
export interface CommandInput {
  /** In their order. Default: none. */
  readonly args?: readonly unknown[] | undefined
  /** By name. Default: none. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

/** What a command's handler receives. */
export interface CommandGiven {
  readonly args: unknown
  readonly options: unknown
}

/**
 * Has a command's schemas parse what it is called with.
 * @throws NeemataError NM7802 that names each argument and option that is refused
 */
export async function validateInput(
  command: AnyCommand,
  { args = [], options = {} }: CommandInput,
): Promise<CommandGiven> {
  if (!command.args && args.length > 0) {
    throw new NeemataError(
      'NM7802',
      `The command takes no arguments, and was given ${args.length}.`,
    )
  }
  const [parsedArgs, parsedOptions] = await Promise.all([
    parse(command.args, args, (path) => nameArgument(command, path)),
    parse(command.options, options, nameOption),
  ])
  const issues = [...parsedArgs.issues, ...parsedOptions.issues]
  if (issues.length > 0) {
    throw new NeemataError('NM7802', `The command was not run:\n  ${issues.join('\n  ')}`)
  }
  return { args: parsedArgs.value, options: parsedOptions.value }
}

interface Parsed {
  readonly value?: unknown
  readonly issues: readonly string[]
}

class Refusal extends Error {
  readonly issues: readonly Issue[]

  constructor(issues: readonly Issue[]) {
    super('refused')
    this.issues = issues
  }
}

async function parse(
  schema: Schema | undefined,
  value: unknown,
  nameOf: (path: Issue['path']) => string,
): Promise<Parsed> {
  const validate = createValidate(schema, (issues) => new Refusal(issues))
  if (!validate) return { value, issues: [] }
  try {
    return { value: await validate(value), issues: [] }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { issues: error.issues.map(({ path, message }) => `${nameOf(path)}: ${message}`) }
  }
}

function nameArgument(command: AnyCommand, [index, ...path]: Issue['path']): string {
  if (index === undefined) return 'arguments'
  const { args, rest } = readParameters(command)
  const parameter = args?.[Number(index)] ?? rest
  return [parameter ? `<${parameter.name}>` : `argument ${Number(index) + 1}`, ...path].join('.')
}

function nameOption([name, ...path]: Issue['path']): string {
  if (name === undefined) return 'options'
  return [`--${toKebabCase(String(name))}`, ...path].join('.')
}
