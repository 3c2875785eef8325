import { hasErrors } from '../diagnostics/summary.ts'
import type { CommandResult, CommonOptions } from './command.ts'
import { type Terminal, usesColor } from './terminal.ts'

/**
 * Prints what a command did: as one JSON document on stdout, or as text on stdout with diagnostics on
 * stderr.
 */
export async function printResult(
  result: CommandResult,
  { terminal, options }: { readonly terminal: Terminal; readonly options: CommonOptions },
): Promise<void> {
  const { diagnostics, root } = result
  if (options.json) {
    const document = { ok: !hasErrors(diagnostics), diagnostics, ...result.data }
    terminal.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
    return
  }
  const shown = options.silent
    ? diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
    : diagnostics
  if (result.format === 'github') {
    const { renderGithub } = await import('../diagnostics/render-github.ts')
    const workspace = terminal.env.GITHUB_WORKSPACE
    terminal.stdout.write(renderGithub(shown, { root, workspace }))
  } else if (shown.length > 0) {
    const { renderText } = await import('../diagnostics/render-text.ts')
    const { stderr, env } = terminal
    const color = usesColor(stderr, env)
    terminal.stderr.write(renderText(shown, { root, color, columns: stderr.columns }))
  }
  if (result.thrown instanceof Error) terminal.stderr.write(`\n${result.thrown.stack}\n`)
  if (!options.silent && result.text !== undefined) terminal.stdout.write(`${result.text}\n`)
}
