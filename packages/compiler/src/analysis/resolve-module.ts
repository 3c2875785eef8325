import path from 'node:path'
import { ResolverFactory } from 'rolldown/experimental'
import { fromRoot } from './project-path.ts'

/** Where an import leads. Files are relative to the project root, POSIX. */
export type Resolution =
  /** A module that is read. */
  | { readonly kind: 'source'; readonly file: string }
  /** A compiled package, or one of Node's own modules: not read. */
  | { readonly kind: 'package' }
  /** A file that is no module: JSON, text, WebAssembly. */
  | { readonly kind: 'asset' }
  | { readonly kind: 'missing'; readonly reason: string }

const modules = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']

/**
 * Resolves imports as TypeScript and the bundler do: relative paths with or without an extension
 * (`.js` for a `.ts` file too), `paths` of the nearest tsconfig, `imports` and `exports` of packages.
 * A workspace package is source, since its link leads out of node_modules.
 *
 * @param root Real path of the project root.
 */
export function createModuleResolver(
  root: string,
): (fromFile: string, specifier: string) => Resolution {
  const factory = new ResolverFactory({
    tsconfig: 'auto',
    extensions: [...modules, '.json'],
    extensionAlias: {
      '.js': ['.ts', '.tsx', '.js'],
      '.jsx': ['.tsx', '.jsx'],
      '.mjs': ['.mts', '.mjs'],
      '.cjs': ['.cts', '.cjs'],
    },
    conditionNames: ['module', 'node', 'import', 'default'],
    builtinModules: true,
  })
  const known = new Map<string, Resolution>()
  return (fromFile, specifier) => {
    // Relative specifiers depend on the folder, others on the tsconfig and package that own it.
    const key = `${path.posix.dirname(fromFile)}\0${specifier}`
    let resolution = known.get(key)
    if (resolution === undefined) {
      const found = factory.resolveFileSync(path.join(root, fromFile), specifier)
      resolution = found.builtin ? { kind: 'package' } : toResolution(root, found)
      known.set(key, resolution)
    }
    return resolution
  }
}

function toResolution(
  root: string,
  found: { readonly path?: string; readonly error?: string },
): Resolution {
  if (found.path === undefined) {
    return {
      kind: 'missing',
      reason: (found.error ?? 'not found').replaceAll(`${root}${path.sep}`, ''),
    }
  }
  const file = fromRoot(root, found.path)
  if (file.split('/').includes('node_modules')) return { kind: 'package' }
  const [name = ''] = file.split('?')
  if (/\.d\.[cm]?ts$/.test(name)) return { kind: 'package' }
  return modules.includes(path.posix.extname(name)) ? { kind: 'source', file } : { kind: 'asset' }
}
