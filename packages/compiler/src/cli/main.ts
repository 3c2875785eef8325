import { existsSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'

import { CommanderError } from 'commander'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import { readVersion } from '../templates/package-root.ts'
import type { CommandResult, CommonOptions } from './command.ts'
import { printResult } from './print-result.ts'
import { createProgram, type Invocation } from './program.ts'
import { splitArguments } from './split-arguments.ts'
import type { Terminal } from './terminal.ts'
import { explainUsage } from './usage-error.ts'

const exitCodes = { done: 0, failed: 1, usage: 2 }

/**
 * Runs the command line.
 *
 * @param argv the words after `neemata`
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage. A server that was started runs on.
 */
export async function runCli(
  argv: readonly string[],
  terminal: Terminal = process,
): Promise<number> {
  const invocation = parse(argv, terminal)
  if (typeof invocation === 'number') return invocation
  if ('diagnostic' in invocation) {
    return await failUsage(invocation.diagnostic, { argv, terminal })
  }
  const { options } = invocation
  if (statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const message = `There is no folder ${options.cwd}.`
    return await failUsage(createDiagnostic('NM5005', { message }), { argv, terminal })
  }
  try {
    const print = (result: CommandResult) => printResult(result, { terminal, options })
    const result = await invocation.run(print)
    if (result.hasPrinted !== true) await print(result)
    return result.exitCode ?? (hasErrors(result.diagnostics) ? exitCodes.failed : exitCodes.done)
  } catch (error) {
    await printFailure(error, { terminal, options })
    return exitCodes.failed
  }
}

/** What was asked for, what is wrong with it, or the exit code if a text was all. */
function parse(
  argv: readonly string[],
  terminal: Terminal,
): Invocation | { readonly diagnostic: Diagnostic } | number {
  let invocation: Invocation | undefined
  const { own, forwarded } = splitArguments(argv)
  const program = createProgram({
    version: readVersion(),
    forwarded,
    complete: (raw) => completeOptions(raw, terminal),
    onCommand: (asked) => {
      invocation = asked
    },
  })
  const subcommands = program.commands.flatMap((command) => command.commands)
  for (const command of [program, ...program.commands, ...subcommands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      // Printed as diagnostics instead.
      outputError: () => {},
      getOutHelpWidth: () => terminal.stdout.columns ?? 80,
      getErrHelpWidth: () => terminal.stderr.columns ?? 80,
    })
  }
  try {
    program.parse(own, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return exitCodes.done
    // Nothing was asked for, and commander printed the help.
    if (error.code === 'commander.help') return exitCodes.usage
    return { diagnostic: explainUsage(error) }
  }
  return invocation ?? exitCodes.usage
}

function completeOptions(raw: Partial<CommonOptions>, terminal: Terminal): CommonOptions {
  const { config, json = false, silent = false, verbose = false } = raw
  const cwd = resolve(terminal.cwd(), raw.cwd ?? '.')
  // Bundler and analysis name files by their real paths; so must everything that is compared with them.
  return { cwd: existsSync(cwd) ? realpathSync(cwd) : cwd, config, json, silent, verbose }
}

async function failUsage(
  diagnostic: Diagnostic,
  { argv, terminal }: { readonly argv: readonly string[]; readonly terminal: Terminal },
): Promise<number> {
  // The options may be what could not be read.
  const options = completeOptions({ json: argv.includes('--json') }, terminal)
  await printResult({ diagnostics: [diagnostic], root: options.cwd }, { terminal, options })
  return exitCodes.usage
}

async function printFailure(
  error: unknown,
  { terminal, options }: { readonly terminal: Terminal; readonly options: CommonOptions },
): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  const diagnostic = createDiagnostic('NM5999', { message })
  const thrown = options.verbose ? error : undefined
  const result = { diagnostics: [diagnostic], root: options.cwd, thrown }
  await printResult(result, { terminal, options })
}
