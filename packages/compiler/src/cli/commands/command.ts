import { compile } from '../../compile.ts'
import { closestMatch } from '../../config/closest-match.ts'
import { buildCommandEntry } from '../../dev/build-command-entry.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Model } from '../../model/model.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { runChild } from '../run-child.ts'

export interface CommandOptions extends CommonOptions {
  /** `list`, or the command to run: `shop/seed`. */
  readonly name: string
  /** What the command is given. */
  readonly forwarded: readonly string[]
}

/** `neemata command`: runs a command of the system from its sources, in a process of its own. */
export async function command(options: CommandOptions): Promise<CommandResult> {
  const { loaded, model, files, diagnostics } = await compile(options)
  const root = loaded?.root ?? options.cwd
  if (model === undefined || files === undefined) return { root, diagnostics }
  const commands = listCommands(model)
  if (options.name === 'list') return describe(commands, { root, diagnostics })
  if (!commands.some(({ name }) => name === options.name)) {
    return { root, diagnostics: [explainUnknown(options.name, commands)], exitCode: 2 }
  }
  const built = await buildCommandEntry({ root, model, files })
  try {
    if (!built.succeeded) return { root, diagnostics: [...diagnostics, ...built.diagnostics] }
    const json = options.json ? ['--json'] : []
    const args = [options.name, ...json, ...options.forwarded]
    const exitCode = await runChild(built.entry, { cwd: root, args })
    return { root, diagnostics: [], exitCode, hasPrinted: true }
  } finally {
    await built.remove()
  }
}

interface NamedCommand {
  readonly name: string
  readonly at: string
}

function listCommands({ apps }: Model): NamedCommand[] {
  return Object.entries(apps).flatMap(([app, { commands }]) =>
    Object.entries(commands).map(([name, { at }]) => ({ name: `${app}/${name}`, at })),
  )
}

function describe(
  commands: readonly NamedCommand[],
  { root, diagnostics }: Pick<CommandResult, 'root' | 'diagnostics'>,
): CommandResult {
  const width = Math.max(0, ...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, at }) => `${name.padEnd(width)}  ${at}`)
  const text = lines.length === 0 ? 'The system has no commands.' : lines.join('\n')
  return { root, diagnostics, data: { commands }, text }
}

function explainUnknown(name: string, commands: readonly NamedCommand[]) {
  const known = commands.map((command) => command.name)
  const closest = closestMatch(name, known)
  return createDiagnostic('NM5007', {
    message: `There is no command '${name}'.`,
    hint: closest === undefined ? undefined : `Did you mean ${closest}?`,
  })
}
