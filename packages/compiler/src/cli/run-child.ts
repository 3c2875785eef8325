import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'

/** Runs a module in a process that shares our terminal, to its end; resolves to its exit code. */
export async function runChild(
  module: string,
  options: { readonly cwd: string; readonly args: readonly string[] },
): Promise<number> {
  const child = spawn(process.execPath, ['--enable-source-maps', module, ...options.args], {
    cwd: options.cwd,
    env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' },
    stdio: 'inherit',
  })
  // A terminal sends Ctrl+C to both of us: the child decides when it is done.
  const ignore = (): void => {}
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', ignore).on('SIGTERM', forward).on('SIGHUP', forward)
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal])
  } finally {
    process.off('SIGINT', ignore).off('SIGTERM', forward).off('SIGHUP', forward)
  }
}
