import { inspect } from 'node:util'

import { ApiError } from '@neemata/application'

import type { RuntimeConfig } from '../config.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { createLogger } from '../logging/create-logger.ts'
import type { Mode } from '../pipeline/call-services.ts'
import { describeBootFailure } from '../process/describe-boot-failure.ts'
import type { Registry } from '../registry.ts'
import { createRuntime } from '../runtime.ts'
import { abortOnSignals } from './abort-on-signals.ts'
import { findCommand, listCommands, loadCommand } from './find-command.ts'
import { type CommandLine, readCommandLine } from './read-command-line.ts'
import { readParameters } from './parameters.ts'
import { parseWords } from './parse-words.ts'
import { columns, renderHelp, renderUsage } from './render-help.ts'
import { renderResult } from './render-result.ts'
import { validateInput } from './validate-input.ts'

/** What the process of a command runs; loaded late, so that a failure has somewhere to be reported. */
export interface CommandParts {
  readonly registry: Registry
  readonly config: RuntimeConfig
}

export interface RunCommandOptions {
  readonly mode: Mode
  /** How the user calls this, for help texts. Default: `node dist/command.js`. */
  readonly program?: string
}

/**
 * Runs the process of a command, from its words (without those of Node) to its exit: `list`, or a
 * command with its arguments and options, or `--help` after either. The result goes to standard output,
 * the log and what went wrong to standard error. No transport listens and no job is run.
 *
 * Exits 0; 1 if the command, or getting there, failed; 2 if it was called wrongly. SIGINT and SIGTERM
 * abort the command's signal, and it exits 1; a second one exits at once with 130 or 143.
 */
export async function runCommand(
  load: () => CommandParts | Promise<CommandParts>,
  argv: readonly string[],
  { mode, program = 'node dist/command.js' }: RunCommandOptions,
): Promise<void> {
  let exitCode: number
  try {
    exitCode = await run({ load, line: readCommandLine(argv), mode, program })
  } catch (error) {
    await print(process.stderr, describeFailure(error, program))
    exitCode = isMisuse(error) ? 2 : 1
  }
  process.exit(exitCode)
}

interface Run {
  readonly load: () => CommandParts | Promise<CommandParts>
  readonly line: CommandLine
  readonly mode: Mode
  readonly program: string
}

async function run({ load, line, mode, program }: Run): Promise<number> {
  if (line.name === undefined) {
    await print(line.help ? process.stdout : process.stderr, renderUsage(program))
    return line.help ? 0 : 2
  }
  const parts = await load()
  if (line.name === 'list') await print(process.stdout, await renderList(parts.registry, line))
  else if (line.help) await print(process.stdout, await renderHelpOf(parts, line.name, program))
  else await runNamed(parts, { ...line, name: line.name, mode })
  return 0
}

async function renderList(registry: Registry, { json }: CommandLine): Promise<string> {
  const commands = await Promise.all(
    listCommands(registry).map(async (entry) => {
      const { description = null } = await loadCommand(entry)
      return { name: entry.name, description, at: entry.registry.at }
    }),
  )
  if (json) return JSON.stringify(commands)
  if (commands.length === 0) return 'There are no commands.'
  return columns(commands.map(({ name, description }) => [name, description ?? ''])).join('\n')
}

async function renderHelpOf(
  { registry }: CommandParts,
  name: string,
  program: string,
): Promise<string> {
  const command = await loadCommand(findCommand(registry, name))
  return renderHelp({ program, name, command, parameters: readParameters(command) })
}

interface NamedRun extends CommandLine {
  readonly name: string
  readonly mode: Mode
}

async function runNamed(parts: CommandParts, { name, words, json, mode }: NamedRun): Promise<void> {
  const { registry, config } = parts
  const command = await loadCommand(findCommand(registry, name))
  const input = parseWords(words, readParameters(command))
  // Before anything is started: who mistypes an option learns it at once.
  await validateInput(command, input)
  const logger = createLogger(config.logging, { write: (text) => process.stderr.write(text) })
  const runtime = createRuntime(registry, config, { mode, logger, role: 'command' })
  const { signal, release } = abortOnSignals()
  try {
    signal.throwIfAborted()
    await runtime.start()
    const result = await runtime.commands.run(name, { ...input, signal })
    const text = renderResult(result, { json })
    if (text !== undefined) await print(process.stdout, text)
  } finally {
    await runtime.stop()
    release()
  }
}

function describeFailure(error: unknown, program: string): string {
  if (isMisuse(error)) {
    const next = error.code === 'NM7801' ? 'list' : '<app/name> --help'
    return `${error.code}: ${error.message}\n\nTry: ${program} ${next}`
  }
  if (error instanceof ApiError) return `${error.code}: ${error.message}`
  return error instanceof NeemataError ? describeBootFailure(error) : inspect(error)
}

function isMisuse(error: unknown): error is NeemataError {
  return error instanceof NeemataError && (error.code === 'NM7801' || error.code === 'NM7802')
}

/** Resolves once the text is on its way, since leaving earlier would cut it off where it is piped. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    stream.once('error', () => resolve())
    stream.write(`${text}\n`, () => resolve())
  })
}
