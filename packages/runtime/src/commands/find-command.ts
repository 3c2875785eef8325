import type { AnyCommand } from '../declare/command.ts'
import { load } from '../apps/load-app.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { Registry, RegistryCommand } from '../registry.ts'

/** A command that the registry knows. */
export interface CommandEntry {
  /** `shop/seed`. */
  readonly name: string
  readonly app: string
  readonly registry: RegistryCommand
}

/** All commands, by app and then by name. */
export function listCommands(registry: Registry): readonly CommandEntry[] {
  return Object.entries(registry.apps).flatMap(([app, { commands }]) =>
    Object.entries(commands).map(([name, command]) => ({
      name: `${app}/${name}`,
      app,
      registry: command,
    })),
  )
}

/** @throws NeemataError NM7801 that names the commands that there are */
export function findCommand(registry: Registry, name: string): CommandEntry {
  const entries = listCommands(registry)
  const found = entries.find((entry) => entry.name === name)
  if (found) return found
  const known = entries.length === 0 ? 'There are none.' : `There are: ${namesOf(entries)}.`
  throw new NeemataError('NM7801', `There is no command "${name}". ${known}`)
}

/** @throws NeemataError NM7101 or NM7102 */
export function loadCommand({ app, name, registry }: CommandEntry): Promise<AnyCommand> {
  const key = name.slice(app.length + 1)
  return load<AnyCommand>(registry.load, {
    kind: 'command',
    at: `apps.${app}.commands["${key}"] (${registry.at})`,
  })
}

function namesOf(entries: readonly CommandEntry[]): string {
  return entries.map(({ name }) => name).join(', ')
}
