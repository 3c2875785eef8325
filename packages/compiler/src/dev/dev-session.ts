import { resolve } from 'node:path'

import { type Compilation, compile, type CompileOptions } from '../compile.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import { emit } from '../emit/emit.ts'
import { generatedDirectory } from '../render/paths.ts'
import { buildDev } from './build-dev.ts'
import { ServerProcess } from './server-process.ts'
import { SourceWatcher } from './source-watcher.ts'

/** What happened in a session, in order. */
export interface DevReport {
  /** The project root, absolute. */
  readonly root: string
  readonly event: 'started' | 'restarted' | 'unchanged' | 'failed' | 'ended'
  readonly diagnostics: readonly Diagnostic[]
  /** Milliseconds from the change until here. */
  readonly duration: number
}

export interface DevSessionOptions extends CompileOptions {
  readonly onReport: (report: DevReport) => void
}

/**
 * Compiles, serves and watches. Each change goes through all stages; only if all succeed, and what runs
 * would differ, the serving process is replaced. After a failure the old one goes on.
 */
export class DevSession {
  readonly #options: DevSessionOptions
  #root: string
  #watcher: SourceWatcher | undefined
  #server: ServerProcess | undefined
  #fingerprint: string | undefined
  #grace = 10_000
  #running: Promise<void> | undefined
  #changed = false
  #stopping = false

  constructor(options: DevSessionOptions) {
    this.#options = options
    this.#root = options.cwd
  }

  /** Serves for the first time, and watches from then on. */
  async start(): Promise<void> {
    await this.#run()
  }

  /** Ends the server, waits for it, and stops watching. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#watcher?.close()
    await this.#server?.stop()
    await this.#running
    await this.#server?.stop()
  }

  /** Ends the server at once. */
  kill(): void {
    this.#server?.kill()
  }

  /** One pass at a time; what changes meanwhile makes another one. */
  #run(): Promise<void> {
    this.#changed = true
    this.#running ??= this.#runWhileChanged().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async #runWhileChanged(): Promise<void> {
    while (this.#changed && !this.#stopping) {
      this.#changed = false
      const started = performance.now()
      const { event, diagnostics } = await this.#refresh()
      if (this.#stopping) return
      const duration = performance.now() - started
      this.#options.onReport({ root: this.#root, event, diagnostics, duration })
    }
  }

  async #refresh(): Promise<Pick<DevReport, 'event' | 'diagnostics'>> {
    const compilation = await compile(this.#options)
    this.#watch(compilation, [])
    const { loaded, model, files } = compilation
    const diagnostics = [...compilation.diagnostics]
    if (loaded === undefined || model === undefined || files === undefined) {
      return { event: 'failed', diagnostics }
    }
    const { root } = loaded
    diagnostics.push(...(await emit({ files, root, directory: generatedDirectory })).diagnostics)
    if (hasErrors(diagnostics)) return { event: 'failed', diagnostics }
    const built = await buildDev({ root, model })
    this.#watch(compilation, built.modules)
    diagnostics.push(...built.diagnostics)
    if (!built.succeeded) return { event: 'failed', diagnostics }
    if (this.#server?.isRunning === true && built.fingerprint === this.#fingerprint) {
      return { event: 'unchanged', diagnostics }
    }
    this.#fingerprint = built.fingerprint
    return { event: await this.#serve(built.main), diagnostics }
  }

  async #serve(main: string): Promise<'started' | 'restarted'> {
    const replaces = this.#server !== undefined
    await this.#server?.stop()
    if (!this.#stopping) {
      const onExit = (how: string) => this.#reportExit(how)
      this.#server = new ServerProcess({ main, cwd: this.#root, grace: this.#grace, onExit })
    }
    return replaces ? 'restarted' : 'started'
  }

  #reportExit(how: string): void {
    const diagnostic = createDiagnostic('NM4301', { message: `The server ended with ${how}.` })
    const report = { root: this.#root, diagnostics: [diagnostic], duration: 0 }
    this.#options.onReport({ ...report, event: 'ended' })
  }

  #watch({ loaded, config, sources }: Compilation, modules: readonly string[]): void {
    if (this.#stopping) return
    if (loaded !== undefined) this.#root = loaded.root
    const timeout = config?.shutdown.timeout
    // A little longer than the server gives itself.
    if (typeof timeout === 'number') this.#grace = timeout + 2_000
    this.#watcher ??= new SourceWatcher({
      root: this.#root,
      ignored: [generatedDirectory, config?.build.outDir ?? 'dist'].map((each) =>
        resolve(this.#root, each),
      ),
      onChange: () => void this.#run(),
      onError: (error) => this.#reportBlindness(error),
    })
    this.#watcher.setFiles([...new Set([...sources, ...modules])])
  }

  #reportBlindness(error: Error): void {
    const diagnostic = createDiagnostic('NM4302', { message: error.message })
    const report = { root: this.#root, diagnostics: [diagnostic], duration: 0 }
    this.#options.onReport({ ...report, event: 'failed' })
  }
}
