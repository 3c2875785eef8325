import type { InlineConfig, Plugin, Rolldown } from 'vite'

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { hasErrors } from '../diagnostics/summary.ts'
import { type BuildLog, explainFailure, explainWarning } from './build-diagnostics.ts'
import { checkJson } from './check-json.ts'
import { findInstalledPackage } from './package-name.ts'

export interface RunBuildOptions {
  /** The project root, absolute. */
  readonly root: string
  /** Entry files by the name of their output, absolute. */
  readonly entries: Readonly<Record<string, string>>
  /** The folder to write into, absolute; emptied first. */
  readonly directory: string
  readonly mode: 'production' | 'development'
  readonly plugins: readonly Plugin[]
}

export interface BuildOutcome {
  readonly diagnostics: readonly Diagnostic[]
  /** Whether there is an output; the diagnostics may hold warnings even so. */
  readonly succeeded: boolean
}

/** Runs one build. Never rejects for what the sources are to blame for. */
export async function runBuild(options: RunBuildOptions): Promise<BuildOutcome> {
  const { build } = await import('vite')
  const diagnostics: Diagnostic[] = []
  try {
    await build(
      createConfig(options, (log) => {
        const diagnostic = explainWarning(log, options.root)
        if (diagnostic !== undefined) diagnostics.push(diagnostic)
      }),
    )
  } catch (error) {
    diagnostics.push(...explainFailure(error, options.root))
    return { diagnostics, succeeded: false }
  }
  return { diagnostics, succeeded: !hasErrors(diagnostics) }
}

function createConfig(options: RunBuildOptions, onWarning: (log: BuildLog) => void): InlineConfig {
  return {
    configFile: false,
    root: options.root,
    mode: options.mode,
    logLevel: 'silent',
    // Environment values are read when the process boots, never built in.
    envDir: false,
    publicDir: false,
    // Rolldown reads TypeScript itself: faster, and its errors then name places in the source.
    oxc: false,
    plugins: [checkJson(), ...options.plugins],
    resolve: { tsconfigPaths: true },
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: options.directory,
      emptyOutDir: true,
      copyPublicDir: false,
      reportCompressedSize: false,
      target: 'node20.19',
      sourcemap: true,
      // Measured: minified code starts no faster, and loses the names in a stack.
      minify: false,
      rolldownOptions: {
        input: { ...options.entries },
        preserveEntrySignatures: 'allow-extension',
        onLog(level, log) {
          if (level === 'warn') onWarning(log)
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: (chunk) => `chunks/${nameChunk(chunk)}.js`,
          assetFileNames: 'assets/[name][extname]',
          // Editors read JSDoc, servers don't.
          comments: { legal: true, annotation: true, jsdoc: false },
          // Modules run in the order of their imports, in whatever chunk they are.
          strictExecutionOrder: true,
        },
      },
    },
  }
}

/** A chunk is named after a module; where that says nothing, after the package of the module. */
function nameChunk({
  name,
  moduleIds,
}: Pick<Rolldown.PreRenderedChunk, 'name' | 'moduleIds'>): string {
  if (!['dist', 'index', 'lib', 'src', 'esm'].includes(name)) return name
  const installed = moduleIds.map(findInstalledPackage).find((each) => each !== undefined)
  return installed?.replace(/^@[^/]+\//, '') ?? 'shared'
}
