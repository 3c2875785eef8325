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
  readonly dist?: boolean
  readonly role?: string
}

export interface ProgramOptions {
  readonly version: string
  /** The words that belong to a command of the system. */
  readonly forwarded: readonly string[]
  /** Completes the options that every command takes. */
  readonly complete: (raw: Partial<CommonOptions>) => CommonOptions
  readonly onCommand: (invocation: Invocation) => void
}

/**
 * The commands and their options. Each command's module is imported when it is asked for, so that none
 * pays for what another needs.
 */
export function createProgram(options: ProgramOptions): Command {
  const { version, complete, onCommand } = options
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
    start: (
      options: CommonOptions,
      raw: RawOptions,
      print: Print,
      words: readonly string[],
    ) => Promise<CommandResult>,
  ): void => {
    command.action(() => {
      const raw = command.optsWithGlobals<RawOptions>()
      const options = complete(raw)
      onCommand({ options, run: (print) => start(options, raw, print, command.args) })
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
  run(
    add('start', 'Run what was built').addOption(
      new Option('--role <name>', 'The part of the system that this process runs')
        .choices(['all', 'gateway', 'jobs', 'scheduler'])
        .default('all'),
    ),
    async (common, { role = 'all' }) =>
      (await import('./commands/start.ts')).start({ ...common, role }),
  )
  run(add('dev', 'Run from the sources, again after every change'), async (options, _, print) =>
    (await import('./commands/dev.ts')).dev(options, print),
  )
  run(add('info', 'Print versions and what the config describes'), async (options) =>
    (await import('./commands/info.ts')).info(options),
  )
  run(
    add('inspect', 'Print what the system consists of').option(
      '--dist',
      'Read what was built, not the sources',
    ),
    async (common, { dist = false }) =>
      (await import('./commands/inspect.ts')).inspect({ ...common, dist }),
  )
  run(
    addScheduleList(add('schedule', 'List the schedules of the config')),
    async (common, { dist = false }) =>
      (await import('./commands/schedule.ts')).listSchedules({ ...common, dist }),
  )
  const { forwarded } = options
  run(
    add('command', 'Run a command of the system, or `list` them')
      .argument('<name>', "shop/seed, say; the words after it are the command's own")
      .usage('list | <app>/<name> [words...]'),
    async (common, _, __, [name = '']) =>
      (await import('./commands/command.ts')).command({ ...common, name, forwarded }),
  )
  return program
}

function addScheduleList(schedule: Command): Command {
  return schedule
    .command('list')
    .description('Print the schedules and their next runs, as counted from the config')
    .allowExcessArguments(false)
    .option('--dist', 'Read what was built, not the sources')
}
