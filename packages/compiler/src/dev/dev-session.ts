import { dirname, resolve } from 'node:path'

import { type Compilation, compile, type CompileOptions } from '../compile.ts'
import { findConfigFile } from '../config/load/find-config-file.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import { emit } from '../emit/emit.ts'
import { generatedDirectory } from '../render/paths.ts'
import { buildDev, removeOtherBuilds } from './build-dev.ts'
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
  readonly #watcher: SourceWatcher
  #root: string
  #outDir = 'dist'
  #server: ServerProcess | undefined
  #fingerprint: string | undefined
  #grace = 10_000
  #running: Promise<void> | undefined
  #changed = false
  #stopping = false

  /** Watches from now on, so that no change is missed that happens while the first pass runs. */
  constructor(options: DevSessionOptions) {
    this.#options = options
    const found = findConfigFile(options)
    this.#root = 'file' in found ? dirname(found.file) : options.cwd
    this.#watcher = new SourceWatcher({
      root: this.#root,
      ignores: (directory) =>
        [generatedDirectory, this.#outDir].some((each) => resolve(this.#root, each) === directory),
      onChange: () => void this.run(),
      onError: (error) => this.#reportBlindness(error),
    })
  }

  /** Ends the server, waits for it, and stops watching. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#watcher.close()
    await this.#server?.stop()
    await this.#running
    await this.#server?.stop()
  }

  /** Ends the server at once. */
  kill(): void {
    this.#server?.kill()
  }

  /** Compiles and serves. One pass at a time; what changes meanwhile makes another one. */
  run(): Promise<void> {
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
      const { event, diagnostics } = await this.#refresh().catch(explainFailure)
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
    const event = await this.#serve(built.main)
    await removeOtherBuilds(root, built.fingerprint)
    return { event, diagnostics }
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
    if (config !== undefined) this.#outDir = config.build.outDir
    const timeout = config?.shutdown.timeout
    // A little longer than the server gives itself.
    if (typeof timeout === 'number') this.#grace = timeout + 2_000
    this.#watcher.setFiles([...new Set([...sources, ...modules])])
  }

  #reportBlindness(error: Error): void {
    const diagnostic = createDiagnostic('NM4302', { message: error.message })
    const report = { root: this.#root, diagnostics: [diagnostic], duration: 0 }
    this.#options.onReport({ ...report, event: 'failed' })
  }
}

/** A session outlives what nobody expected. */
function explainFailure(error: unknown): Pick<DevReport, 'event' | 'diagnostics'> {
  const message = error instanceof Error ? error.message : String(error)
  return { event: 'failed', diagnostics: [createDiagnostic('NM5999', { message })] }
}
