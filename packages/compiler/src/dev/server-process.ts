import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { isBuilt, packageRoot } from '../templates/package-root.ts'
import type { Answer, Update } from './messages.ts'

export interface ServerProcessOptions {
  /** The project root, absolute. */
  readonly root: string
  /** Milliseconds from asking it to end until it is killed. */
  readonly grace: number
  /** Called when it ends without having been asked to. */
  readonly onExit: (how: string) => void
}

/**
 * The process that serves, one at a time. Users' code runs there, so that whatever it does, up to
 * `process.exit`, the session stays. It shares our terminal, but not our signals: it is asked to end
 * exactly once, by us. Should we vanish, it ends because its channel to us closes.
 */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #options: ServerProcessOptions
  readonly #killOnExit = (): void => void this.#child.kill('SIGKILL')
  readonly #ended: Promise<undefined>
  #asked = false

  constructor(options: ServerProcessOptions) {
    this.#options = options
    this.#child = spawn(process.execPath, [script], {
      cwd: options.root,
      detached: process.platform !== 'win32',
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    process.once('exit', this.#killOnExit)
    this.#ended = once(this.#child, 'exit').then(([code, signal]) => {
      process.off('exit', this.#killOnExit)
      if (!this.#asked) options.onExit(String(signal ?? `code ${code}`))
      return undefined
    })
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Lets it serve the sources as they are now; `undefined` if it ended instead. One at a time. */
  async update(update: Omit<Update, 'type'>): Promise<Answer | undefined> {
    if (!this.isRunning || !this.#child.connected) return this.#ended
    const answered = new Promise<Answer>((resolve) => {
      this.#child.once('message', (answer) => resolve(answer as Answer))
    })
    const message: Update = { type: 'update', ...update }
    // It may end at this very moment, which is told by its exit.
    this.#child.send(message, () => undefined)
    return Promise.race([answered, this.#ended])
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    this.#asked = true
    if (!this.isRunning) return
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), this.#options.grace)
    this.#child.kill('SIGTERM')
    await this.#ended
    clearTimeout(timer)
  }

  /** Ends it at once. */
  kill(): void {
    this.#asked = true
    this.#child.kill('SIGKILL')
  }
}

/** Built it is an entry of its own; elsewhere it lies beside whatever this code was put into. */
const script: string = isBuilt
  ? join(packageRoot, 'dist', 'dev-server.js')
  : join(dirname(fileURLToPath(import.meta.url)), 'dev-server.js')
