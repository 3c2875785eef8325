import { mkdirSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { analyse, type Analysis } from '../src/analysis/analyse.ts'
import type { ResolvedConfig } from '../src/config/resolved-config.ts'
import { defaultPools } from '../src/config/resolvers/workers.ts'
import { createProject } from './create-project.ts'

/** Files by their path below the project root. */
export type Files = Readonly<Record<string, string>>

/** A config of one HTTP transport and one app per module, named `shop` if there is only one. */
export function configFor(applications: Readonly<Record<string, string>>): ResolvedConfig {
  const apps = Object.entries(applications).map(([name, application]) => [
    name,
    {
      type: 'api',
      application,
      transports: ['http'],
      jobs: [],
      commands: [],
      slots: 'inline',
    },
  ])
  return {
    file: 'neemata.config.ts',
    apps: Object.fromEntries(apps) as ResolvedConfig['apps'],
    transports: { http: { type: 'http', host: '127.0.0.1', port: 0, cors: false } },
    limits: {
      bodySize: 1_000,
      headerSize: 1_000,
      headersTimeout: 1_000,
      requestTimeout: 1_000,
      keepAliveTimeout: 1_000,
      connections: 10,
      decodeDepth: 10,
      frameSize: 1_000,
      queuedBytes: 1_000,
      pingInterval: 1_000,
      callTimeout: 1_000,
      callsPerSession: 10,
    },
    logging: { level: 'info' },
    shutdown: { timeout: 1_000 },
    build: { outDir: 'dist', external: [] },
    workers: { api: { threads: 0 }, jobs: defaultPools },
    scheduler: {},
    redis: {},
  }
}

export interface ProjectAnalysis extends Analysis {
  readonly root: string
  /** Paths of the app `shop` with the reference of each procedure: `orders.ts#create`. */
  readonly routes: Readonly<Record<string, string>>
}

/**
 * Analyses a project whose only application is in index.ts. `links` are symbolic links to folders,
 * `packages` are linked from this repository.
 */
export async function analyseProject(
  files: Files,
  links: Readonly<Record<string, string>> = {},
  packages: readonly string[] = [],
): Promise<ProjectAnalysis> {
  const { root } = createProject(files, packages)
  for (const [link, target] of Object.entries(links)) {
    mkdirSync(path.dirname(path.join(root, link)), { recursive: true })
    symlinkSync(path.join(root, target), path.join(root, link))
  }
  const analysis = await analyse({ root, config: configFor({ shop: 'index.ts' }), cache: false })
  const procedures = Object.entries(analysis.model?.apps['shop']?.procedures ?? {})
  const routes = procedures.map(([name, { source }]) => [
    name,
    `${source.file}#${source.path.join('.')}`,
  ])
  return { ...analysis, root, routes: Object.fromEntries(routes) as Record<string, string> }
}
