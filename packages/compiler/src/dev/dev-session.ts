import { dirname, relative, resolve, sep } from 'node:path'

import { type Compilation, compile, type CompileOptions } from '../compile.ts'
import { findConfigFile } from '../config/load/find-config-file.ts'
import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import { emit } from '../emit/emit.ts'
import { generatedDirectory } from '../render/paths.ts'
import { describeFailure } from './describe-failure.ts'
import type { SwappedApp, Update } from './messages.ts'
import { ServerProcess } from './server-process.ts'
import { SourceWatcher } from './source-watcher.ts'
import { registryFile, type SystemSnapshot, takeSnapshot } from './system-snapshot.ts'

/** What happened in a session, in order. */
export interface DevReport extends Pass {
  /** The project root, absolute. */
  readonly root: string
  /** The files that led to it, relative to the root, POSIX; none for the first pass. */
  readonly changed: readonly string[]
  /** Milliseconds from the change until here. */
  readonly duration: number
}

/** What a change led to. */
interface Pass {
  readonly event: 'started' | 'restarted' | 'swapped' | 'unchanged' | 'failed' | 'ended'
  readonly diagnostics: readonly Diagnostic[]
  /** Whose code was exchanged; some may have been although another one failed. */
  readonly apps?: readonly SwappedApp[]
  /** Whether apps are placed in worker threads, which they are not while developing. */
  readonly inline?: boolean
}

export interface DevSessionOptions extends CompileOptions {
  readonly onReport: (report: DevReport) => void
}

/**
 * Compiles, serves and watches. Each change goes through all stages; only if all succeed, the serving
 * process exchanges the apps that it concerns, and keeps its sockets. A change of the topology replaces
 * the process. After a failure the old code goes on.
 */
export class DevSession {
  readonly #options: DevSessionOptions
  readonly #watcher: SourceWatcher
  #root: string
  #outDir = 'dist'
  #server: ServerProcess | undefined
  /** What the process runs; `undefined` until it could start. */
  #served: SystemSnapshot | undefined
  /** Files of the next pass. */
  readonly #files = new Set<string>()
  /** Files that changed since the process was last told, because something failed. */
  readonly #unserved = new Set<string>()
  #grace = 10_000
  /** What the compiler read, and what the process asked for; both are watched. */
  #sources: readonly string[] = []
  #loaded: readonly string[] = []
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
      onChange: (files) => {
        for (const file of files) this.#files.add(file)
        void this.run()
      },
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
      const files = [...this.#files].sort()
      this.#files.clear()
      for (const file of files) this.#unserved.add(file)
      const started = performance.now()
      const pass = await this.#refresh().catch(explainCrash)
      if (this.#stopping) return
      const duration = performance.now() - started
      const changed = files.map((file) => relative(this.#root, file).replaceAll(sep, '/'))
      this.#options.onReport({ root: this.#root, changed, duration, ...pass })
    }
  }

  async #refresh(): Promise<Pass> {
    const compilation = await compile(this.#options)
    this.#watch(compilation)
    const { loaded, model, files } = compilation
    const diagnostics = [...compilation.diagnostics]
    if (loaded === undefined || model === undefined || files === undefined) {
      return { event: 'failed', diagnostics }
    }
    const { root } = loaded
    diagnostics.push(...(await emit({ files, root, directory: generatedDirectory })).diagnostics)
    if (hasErrors(diagnostics)) return { event: 'failed', diagnostics }
    const pass = await this.#serve(takeSnapshot({ root, model, files }))
    const placed = pass.event === 'started' || pass.event === 'restarted'
    const inline = placed && model.workers.api.threads > 0
    return { inline, ...pass, diagnostics: [...diagnostics, ...pass.diagnostics] }
  }

  /** Exchanges the apps that an edit concerns; starts a process if none runs, or if this one can't take it in. */
  async #serve(snapshot: SystemSnapshot): Promise<Pass> {
    const topologyChanged =
      this.#served !== undefined && this.#served.topology !== snapshot.topology
    const replaces = topologyChanged && this.#server?.isRunning === true
    if (topologyChanged) await this.#server?.stop()
    if (this.#stopping) return { event: 'unchanged', diagnostics: [] }
    if (this.#server?.isRunning !== true) {
      const onExit = (how: string) => this.#reportExit(how)
      this.#server = new ServerProcess({ root: this.#root, grace: this.#grace, onExit })
      this.#served = undefined
    }
    const answer = await this.#server.update(this.#describeUpdate(snapshot))
    // It was reported when it ended.
    if (answer === undefined) return { event: 'unchanged', diagnostics: [] }
    const { outcome } = answer
    this.#loaded = answer.files
    if (!this.#stopping) this.#watcher.setFiles([...this.#sources, ...this.#loaded])
    if (outcome.type === 'failed') {
      const { failures, apps } = outcome
      const diagnostics = failures.map((failure) => describeFailure(failure, this.#root))
      return { event: 'failed', diagnostics, apps }
    }
    this.#served = snapshot
    this.#unserved.clear()
    if (outcome.type === 'started')
      return { event: replaces ? 'restarted' : 'started', diagnostics: [] }
    const { apps } = outcome
    return { event: apps.length > 0 ? 'swapped' : 'unchanged', diagnostics: [], apps }
  }

  #describeUpdate({ entries, modules, registry }: SystemSnapshot): Omit<Update, 'type'> {
    const served = this.#served
    const files = [...this.#unserved]
    if (served?.registry !== registry) files.push(registryFile(this.#root))
    const regenerated = Object.keys(entries).filter(
      (name) => served?.entries[name] !== entries[name],
    )
    return { files, apps: modules, regenerated: served === undefined ? [] : regenerated }
  }

  #reportExit(how: string): void {
    const diagnostic = createDiagnostic('NM4301', { message: `The server ended with ${how}.` })
    const report = { root: this.#root, changed: [], diagnostics: [diagnostic], duration: 0 }
    this.#options.onReport({ ...report, event: 'ended' })
  }

  #watch({ loaded, config, sources }: Compilation): void {
    if (this.#stopping) return
    if (loaded !== undefined) this.#root = loaded.root
    if (config !== undefined) this.#outDir = config.build.outDir
    const timeout = config?.shutdown.timeout
    // A little longer than the server gives itself.
    if (typeof timeout === 'number') this.#grace = timeout + 2_000
    this.#sources = sources
    this.#watcher.setFiles([...sources, ...this.#loaded])
  }

  #reportBlindness(error: Error): void {
    const diagnostic = createDiagnostic('NM4302', { message: error.message })
    const report = { root: this.#root, changed: [], diagnostics: [diagnostic], duration: 0 }
    this.#options.onReport({ ...report, event: 'failed' })
  }
}

/** A session outlives what nobody expected. */
function explainCrash(error: unknown): Pass {
  const message = error instanceof Error ? error.message : String(error)
  return { event: 'failed', diagnostics: [createDiagnostic('NM5999', { message })] }
}
