import { parseArgs } from 'node:util'

import { type Role, roles } from './role.ts'

export type ParsedRole =
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'help' }
  /** The command line holds something else than it may. */
  | { readonly type: 'mistake'; readonly message: string }

/** What the command line of a server process may say. */
export const usage: string = `Usage: node main.js [--role ${roles.join('|')}]

  --role   the part of the system that this process runs (default: all)
  --help   shows this`

/** @param args what follows the file name */
export function parseRole(args: readonly string[]): ParsedRole {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { role: { type: 'string', default: 'all' }, help: { type: 'boolean' } },
    })
    if (values.help) return { type: 'help' }
    const role = roles.find((known) => known === values.role)
    if (role) return { type: 'role', role }
    return { type: 'mistake', message: `There is no role "${values.role}".` }
  } catch (error) {
    return { type: 'mistake', message: error instanceof Error ? error.message : String(error) }
  }
}
