import type { AppContext } from '../apps/app-context.ts'
import type { Registry } from '../registry.ts'
import type { CommandInput } from './validate-input.ts'

export interface CommandInfo {
  /** `shop/seed`. */
  readonly name: string
  /** Where it is declared, `apps/shop/commands/seed.ts:8:14`. */
  readonly at: string
}

export interface CommandStart extends CommandInput {
  /** Ends the command when it aborts. */
  readonly signal?: AbortSignal
}

/** The commands of the apps. */
export interface Commands {
  list(): readonly CommandInfo[]
  /**
   * Runs a command of an app that runs in this thread, to what its handler returns.
   * @throws NeemataError NM7801 for an unknown one, NM7802 for input that its schemas refuse
   * @throws what its handler threw; ApiError `timeout` or `cancelled` when it was aborted
   */
  run(name: string, start?: CommandStart): Promise<unknown>
}

export interface CommandsOptions {
  readonly registry: Registry
  /** The apps that run in this thread. */
  readonly apps: ReadonlyMap<string, AppContext>
}

export function createCommands(options: CommandsOptions): Commands {
  return {
    list: () =>
      Object.entries(options.registry.apps).flatMap(([app, { commands }]) =>
        Object.entries(commands).map(([name, { at }]) => ({ name: `${app}/${name}`, at })),
      ),
    async run(name, start = {}) {
      // Few processes ever run a command, so the rest is not loaded with them.
      const { executeCommand } = await import('./execute-command.ts')
      return executeCommand(options, { ...start, name })
    },
  }
}
