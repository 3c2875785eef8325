import { culpritOf } from '../container/blame.ts'
import type { Container } from '../container/container.ts'
import type { NamedNode, Node } from '../container/node.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import type { BoundApp } from './bind-app.ts'

/**
 * Creates the global values that an app can ever ask for, those of its call-scoped values included, so
 * that no client waits for them and a failure is found at boot.
 * @throws NeemataError NM7204 that names the injectable
 */
export async function createGlobals(
  app: Pick<BoundApp, 'name'>,
  nodes: ReadonlySet<Node>,
  container: Container,
): Promise<void> {
  const globals = [...nodes].filter(isGlobal)
  // All are waited for, so that what the others created can be released.
  const results = await Promise.allSettled(globals.map(async (node) => container.get(node)))
  const failed = results.find((result) => result.status === 'rejected')
  if (!failed) return
  const cause: unknown = failed.reason
  const label = culpritOf(cause) ?? 'An injectable'
  const reason = cause instanceof Error ? cause.message : String(cause)
  throw new NeemataError(
    'NM7204',
    `"${label}" of the app "${app.name}" could not be created: ${reason}`,
    { cause },
  )
}

/** Everything that an app, and what is named besides, can ever ask for, with all that it is made of. */
export function findNodes(
  { identity, procedures }: Pick<BoundApp, 'identity' | 'procedures'>,
  besides: readonly NamedNode[],
): ReadonlySet<Node> {
  const seen = new Set<Node>()
  const visit = (node: Node) => {
    if (seen.has(node)) return
    seen.add(node)
    if (node.type === 'factory') for (const { node: inner } of node.dependencies) visit(inner)
  }
  const visitAll = (nodes: readonly NamedNode[]) => {
    for (const { node } of nodes) visit(node)
  }
  if (identity) visit(identity)
  visitAll(besides)
  for (const { dependencies, guards, middleware, filters } of procedures) {
    visitAll(dependencies)
    for (const nodes of [...guards, ...middleware, ...filters]) visitAll(nodes)
  }
  return seen
}

function isGlobal(node: Node): boolean {
  if (node.type !== 'factory' || node.transient) return false
  return node.level === 'runtime' || node.level === 'app'
}
