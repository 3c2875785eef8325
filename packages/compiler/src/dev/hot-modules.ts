import { join } from 'node:path'

import {
  createRunnableDevEnvironment,
  createServer,
  type EnvironmentModuleNode,
  isRunnableDevEnvironment,
  type RunnableDevEnvironment,
  type ViteDevServer,
} from 'vite'

import { checkJson } from '../bundle/check-json.ts'
import { findInstalledPackage } from '../bundle/package-name.ts'

/** Loaded by Node and once, so that the gateway, its sockets and our brands outlive every edit. */
const framework = [
  'neemata',
  '@neemata/application',
  '@neemata/client',
  '@neemata/compiler',
  '@neemata/gateway',
  '@neemata/runtime',
]

/**
 * The project's modules, transformed and evaluated in this process, and again where they changed.
 * Installed packages are left to Node.
 */
export class HotModules {
  readonly #server: ViteDevServer
  readonly #environment: RunnableDevEnvironment

  private constructor(server: ViteDevServer, environment: RunnableDevEnvironment) {
    this.#server = server
    this.#environment = environment
  }

  static async open(root: string): Promise<HotModules> {
    const server = await createServer({
      configFile: false,
      root,
      mode: 'development',
      logLevel: 'silent',
      appType: 'custom',
      cacheDir: join(root, '.neemata', 'vite'),
      // Environment values are read when the process boots.
      envDir: false,
      publicDir: false,
      plugins: [checkJson()],
      resolve: { tsconfigPaths: true },
      optimizeDeps: { noDiscovery: true, include: [] },
      // No port, no socket, no watcher: the session watches, and tells us.
      server: { middlewareMode: true, ws: false, hmr: false, watch: null },
      environments: {
        app: {
          consumer: 'server',
          resolve: { external: framework },
          dev: {
            createEnvironment: (name, config) =>
              createRunnableDevEnvironment(name, config, {
                hot: false,
                runnerOptions: { hmr: false, sourcemapInterceptor: 'prepareStackTrace' },
              }),
          },
        },
      },
    })
    const environment = server.environments.app
    if (environment === undefined || !isRunnableDevEnvironment(environment)) {
      throw new Error('Vite made no environment that runs modules')
    }
    return new HotModules(server, environment)
  }

  /** Imports a module of the project, absolute; what is evaluated already is not evaluated again. */
  import(file: string): Promise<Record<string, unknown>> {
    return this.#environment.runner.import(file)
  }

  /**
   * Drops what is known of files that changed, and of all modules that import them, directly or not.
   * @returns the files of those modules, absolute
   */
  invalidate(files: Iterable<string>): ReadonlySet<string> {
    const { moduleGraph, runner } = this.#environment
    const stale = new Set<EnvironmentModuleNode>()
    for (const file of files) {
      const path = file.replaceAll('\\', '/')
      moduleGraph.onFileChange(path)
      for (const node of moduleGraph.getModulesByFile(path) ?? []) addWithImporters(node, stale)
    }
    const invalidated = new Set<string>()
    for (const { id, file } of stale) {
      if (file !== null) invalidated.add(file)
      const evaluated = id === null ? undefined : runner.evaluatedModules.getModuleById(id)
      if (evaluated !== undefined) runner.evaluatedModules.invalidateModule(evaluated)
    }
    return invalidated
  }

  /** Transforms modules at the same time, which evaluating them would do one after the other. */
  async transform(files: Iterable<string>): Promise<void> {
    const { moduleGraph } = this.#environment
    const nodes = [...files].flatMap((file) => [...(moduleGraph.getModulesByFile(file) ?? [])])
    // A failure is met again by whoever imports the module.
    await Promise.allSettled(nodes.map(({ url }) => this.#environment.transformRequest(url)))
  }

  /** Every file of the project that was asked for so far, absolute. */
  files(): string[] {
    const files = [...this.#environment.moduleGraph.fileToModulesMap.keys()]
    return files.filter((file) => findInstalledPackage(file) === undefined)
  }

  close(): Promise<void> {
    return this.#server.close()
  }
}

function addWithImporters(node: EnvironmentModuleNode, found: Set<EnvironmentModuleNode>): void {
  if (found.has(node)) return
  found.add(node)
  for (const importer of node.importers) addWithImporters(importer, found)
}
