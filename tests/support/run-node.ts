import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** Runs a script with this Node to its end. */
export async function runNode(args: readonly string[], options: RunOptions): Promise<Finished> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode === null ? once(child, 'close') : undefined,
  ])
  return { code: child.exitCode, stdout, stderr }
}

/** What a child inherits, less what the test runner sets for itself. */
export function environment(extra: RunOptions['env'] = {}): NodeJS.ProcessEnv {
  const {
    NODE_ENV: _,
    NODE_OPTIONS: __,
    VITEST: ___,
    FORCE_COLOR: ____,
    ...inherited
  } = process.env
  return { ...inherited, NO_COLOR: '1', ...extra }
}
