import { Command, Option } from 'commander'

import type { CommandResult, CommonOptions } from './command.ts'

export type Print = (result: CommandResult) => Promise<void>

/** A command as it was asked for. */
export interface Invocation {
  readonly options: CommonOptions
  /** @param print shows what happens meanwhile, for a command that goes on until it is ended */
  run(print: Print): Promise<CommandResult>
}

/** Options as commander reads them, not completed yet. */
type RawOptions = Partial<CommonOptions> & {
  readonly check?: boolean
  readonly format?: 'text' | 'github'
}

export interface ProgramOptions {
  readonly version: string
  /** Completes the options that every command takes. */
  readonly complete: (raw: Partial<CommonOptions>) => CommonOptions
  readonly onCommand: (invocation: Invocation) => void
}

/**
 * The commands and their options. Each command's module is imported when it is asked for, so that none
 * pays for what another needs.
 */
export function createProgram({ version, complete, onCommand }: ProgramOptions): Command {
  const program = new Command('neemata')
    .description('Describes several TypeScript back ends once; compiles them into one system.')
    .version(version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this help')
    .helpCommand(false)
    .option('-c, --config <file>', 'The config file. Default: neemata.config.ts, from here upward')
    .option('--cwd <folder>', 'Work in this folder')
    .option('--json', 'Print one JSON document')
    .addOption(new Option('--silent', 'Print errors only').conflicts('verbose'))
    .option('--verbose', 'Print more')
    .configureHelp({ showGlobalOptions: true })

  const add = (name: string, description: string): Command =>
    program.command(name).description(description).allowExcessArguments(false)
  const run = (
    command: Command,
    start: (options: CommonOptions, raw: RawOptions, print: Print) => Promise<CommandResult>,
  ): void => {
    command.action(() => {
      const raw = command.optsWithGlobals<RawOptions>()
      const options = complete(raw)
      onCommand({ options, run: (print) => start(options, raw, print) })
    })
  }

  run(
    add('generate', 'Write generated/ from the config and the sources').option(
      '--check',
      'Write nothing; fail if a file is stale',
    ),
    async (options, { check = false }) =>
      (await import('./commands/generate.ts')).generate({ ...options, check }),
  )
  run(
    add('check', 'Report everything that is wrong, types included').addOption(
      new Option('--format <name>', 'How to print').choices(['text', 'github']),
    ),
    async (options, { format }) =>
      (await import('./commands/check.ts')).check({ ...options, format }),
  )
  run(add('build', 'Build what runs in production'), async (options) =>
    (await import('./commands/build.ts')).build(options),
  )
  run(add('start', 'Run what was built'), async (options) =>
    (await import('./commands/start.ts')).start(options),
  )
  run(add('dev', 'Run from the sources, again after every change'), async (options, _, print) =>
    (await import('./commands/dev.ts')).dev(options, print),
  )
  run(add('info', 'Print versions and what the config describes'), async (options) =>
    (await import('./commands/info.ts')).info(options),
  )
  return program
}
