import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A Chromium of this machine, `undefined` where there is none. `CHROMIUM` names another one. */
export const browser: string | undefined = [
  process.env['CHROMIUM'],
  ...['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
  ),
].find((file) => file !== undefined && existsSync(file))

/** Opens a page without a window. `ended` rejects with what the browser said if it ends by itself. */
export async function openPage(
  executable: string,
  url: string,
): Promise<AsyncDisposable & { readonly ended: Promise<never> }> {
  const profile = await mkdtemp(path.join(tmpdir(), 'neemata-browser-'))
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own, since a browser is many processes.
    detached: true,
  })
  let said = ''
  child.stderr.on('data', (data: Buffer) => (said += String(data)))
  const closed = once(child, 'close')
  const ended = closed.then(([code]) => {
    throw new Error(`the browser ended with ${String(code)}:\n${said}`)
  })
  ended.catch(() => undefined)
  return {
    ended,
    async [Symbol.asyncDispose]() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
      await closed
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
