import { NeemataError } from '../errors/neemata-error.ts'
import { callCommand } from './call-command.ts'
import type { CommandsOptions, CommandStart } from './commands.ts'
import { findCommand, loadCommand } from './find-command.ts'
import { validateInput } from './validate-input.ts'

/** Finds, loads, validates and runs a command; see `Commands.run`. */
export async function executeCommand(
  { registry, apps }: CommandsOptions,
  { name, signal, ...input }: CommandStart & { readonly name: string },
): Promise<unknown> {
  const entry = findCommand(registry, name)
  const command = await loadCommand(entry)
  const given = await validateInput(command, input)
  const context = apps.get(entry.app)
  if (!context) {
    throw new NeemataError('NM7801', `The app of the command "${name}" does not run here.`, {
      hint: 'Run the command where its app runs, or with `dist/command.js`.',
    })
  }
  return callCommand({ context, name: name.slice(entry.app.length + 1), command, given, signal })
}
