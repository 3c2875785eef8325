import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface ServerProcessOptions {
  /** The module to run, absolute. */
  readonly main: string
  /** The working directory, absolute. */
  readonly cwd: string
  /** Milliseconds from asking it to end until it is killed. */
  readonly grace: number
  /** Called when it ends without having been asked to. */
  readonly onExit: (how: string) => void
}

/**
 * The process that serves, one at a time. It shares our terminal, but not our signals: it is asked to
 * end exactly once, by us. Should we vanish, it ends because its channel to us closes.
 */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #options: ServerProcessOptions
  readonly #killOnExit = (): void => void this.#child.kill('SIGKILL')
  #asked = false

  constructor(options: ServerProcessOptions) {
    this.#options = options
    this.#child = spawn(process.execPath, ['--enable-source-maps', options.main], {
      cwd: options.cwd,
      detached: process.platform !== 'win32',
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV ?? 'development' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    process.once('exit', this.#killOnExit)
    this.#child.once('exit', (code, signal) => {
      process.off('exit', this.#killOnExit)
      if (!this.#asked) options.onExit(signal ?? `code ${code}`)
    })
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Asks it to end and waits until it has. */
  async stop(): Promise<void> {
    this.#asked = true
    if (!this.isRunning) return
    const ended = once(this.#child, 'exit')
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), this.#options.grace)
    this.#child.kill('SIGTERM')
    await ended
    clearTimeout(timer)
  }

  /** Ends it at once. */
  kill(): void {
    this.#asked = true
    this.#child.kill('SIGKILL')
  }
}
