import type { Plugin } from 'vite'

import { findInstalledPackage } from './package-name.ts'

/**
 * Packages that look beside themselves only for a feature that the runtime never uses: pino starts
 * worker threads by path for its transports.
 */
const bundledAnyway = new Set(['pino', 'thread-stream'])

/** What code mentions when it looks for files beside itself, or loads native code. */
const suspicious =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename|resolve)\b|\bprocess\.dlopen\b|\bnode-gyp-build\b|['"]bindings['"]/

/**
 * Finds the installed packages that break when their code moves into a bundle: they reach for files by
 * their own location, or load native addons. Notes their names; whoever builds leaves them external.
 */
export function detectUnbundleable(found: Set<string>): Plugin {
  return {
    name: 'neemata:unbundleable',
    enforce: 'pre',
    resolveId: {
      filter: { id: /\.node$/ },
      handler(source, importer) {
        const owner = importer === undefined ? undefined : findInstalledPackage(importer)
        if (owner === undefined) return null
        found.add(owner)
        return { id: source, external: true }
      },
    },
    transform: {
      filter: { id: /[\\/]node_modules[\\/].*\.[cm]?js$/, code: suspicious },
      handler(code, id) {
        const owner = findInstalledPackage(id)
        if (owner === undefined || bundledAnyway.has(owner) || found.has(owner)) return
        if (mentions(this.parse(code))) found.add(owner)
      },
    },
  }
}

/** Looks at the syntax, so that a comment or a string does not count. */
function mentions(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(mentions)
  if (!isNode(node)) return false
  if (node.type === 'MetaProperty') return true
  if (node.type === 'Identifier') return node.name === '__dirname' || node.name === '__filename'
  if (node.type === 'MemberExpression' && isProcessDlopen(node)) return true
  if (node.type === 'Literal') return node.value === 'node-gyp-build' || node.value === 'bindings'
  return Object.entries(node).some(([key, child]) => !isPlainName(node, key) && mentions(child))
}

/** `x.__dirname` and `{ __dirname: x }` only look like it. */
function isPlainName(node: SyntaxNode, key: string): boolean {
  const computed = node.computed === true
  if (node.type === 'MemberExpression') return key === 'property' && !computed
  return node.type === 'Property' && key === 'key' && !computed && node.shorthand !== true
}

function isProcessDlopen(node: SyntaxNode): boolean {
  const { object, property } = node
  return (
    isNode(object) && object.name === 'process' && isNode(property) && property.name === 'dlopen'
  )
}

interface SyntaxNode {
  readonly type: string
  readonly [field: string]: unknown
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
