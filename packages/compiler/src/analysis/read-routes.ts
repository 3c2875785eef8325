import type { ProcedureModel } from '../model/model.ts'
import { describe, isFromPackage } from './interpreter/describe-value.ts'
import type { Interpreter } from './interpreter/interpreter.ts'
import { formatPlace, type Place } from './interpreter/place.ts'
import { memberReference, withReference } from './interpreter/reference.ts'
import { contentOf } from './interpreter/spread.ts'
import type { DefinitionValue, NamespaceValue, ObjectValue, Value } from './interpreter/value.ts'
import { type Levels, noLevels, readLevel } from './read-levels.ts'
import { readProcedure } from './read-procedure.ts'
import type { Report } from './report.ts'
import { isSegment } from './segment.ts'

/** Routes may not nest deeper: it would be a function that calls itself. */
const maxDepth = 32

interface Walk {
  readonly interpreter: Interpreter
  readonly report: Report
  readonly found: Map<string, ProcedureModel>
}

/** A place in the tree of routes. */
interface Node {
  readonly value: Value
  /** Where the route to it is written. */
  readonly place: Place
  readonly path: readonly string[]
  readonly levels: Levels
  /** The routers and objects that lead here, outermost first. */
  readonly ancestors: readonly { readonly identity: unknown; readonly name: string }[]
}

/** All procedures below a router by their path, sorted. `prefix` are the segments that lead to it. */
export function readRoutes(request: {
  readonly interpreter: Interpreter
  readonly report: Report
  readonly router: DefinitionValue
  readonly prefix?: readonly string[]
}): Readonly<Record<string, ProcedureModel>> {
  const { interpreter, report, router, prefix = [] } = request
  const found = new Map<string, ProcedureModel>()
  const root: Node = {
    value: router,
    place: router.declared ?? router.place,
    path: prefix,
    levels: noLevels,
    ancestors: [],
  }
  visit({ interpreter, report, found }, root)
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function visit(walk: Walk, node: Node): void {
  const { value, place, path } = node
  const { report } = walk
  if (path.length > maxDepth) {
    const message = `The route ${path.slice(0, 3).join('/')}/… is deeper than ${maxDepth} segments.`
    return report.add('NM2030', { message, place })
  }
  if (value.type === 'opaque') return report.refusal(value, neededBy(node))
  if (value.type === 'definition' && (value.kind === 'procedure' || value.kind === 'stream')) {
    const procedure = readProcedure(walk, { definition: value, place, levels: node.levels })
    if (procedure) walk.found.set(path.join('/'), procedure)
    return
  }
  if (value.type === 'definition' && value.kind === 'router') return visitRouter(walk, node, value)
  if (value.type === 'object' || value.type === 'namespace') return visitRoutes(walk, node, value)
  report.add(isFromPackage(value) ? 'NM2025' : 'NM2010', {
    message: `The route \`${path.join('/')}\` is ${describe(value)}.`,
    place,
    hint: value.type === 'promise' ? 'Put `await` before the import.' : undefined,
  })
}

function visitRouter(walk: Walk, node: Node, router: DefinitionValue): void {
  const { interpreter, report } = walk
  const name = `the router at ${formatPlace(router.declared ?? router.place)}`
  const inside = enter(walk, node, { identity: router.identity, name })
  if (inside === undefined) return
  const routes = interpreter.member(router, 'routes', router.place)
  if (routes.type === 'object' || routes.type === 'namespace') {
    const levels = readLevel({ interpreter, report, router, outer: node.levels })
    return visitRoutes(walk, { ...inside, levels }, routes)
  }
  if (routes.type === 'opaque') return report.refusal(routes, neededBy(node))
  report.add(isFromPackage(routes) ? 'NM2025' : 'NM2017', {
    message: `The routes given to \`defineRouter\` are ${describe(routes)}, not an object.`,
    place: router.place,
    ...(!isFromPackage(routes) && {
      hint: 'Give an object of routes: `defineRouter({ create })`.',
    }),
  })
}

function visitRoutes(walk: Walk, node: Node, routes: ObjectValue | NamespaceValue): void {
  const { interpreter, report } = walk
  const identity = routes.type === 'object' ? routes.identity : routes.file
  const name = `the object at ${formatPlace(routes.place)}`
  const inside = enter(walk, node, { identity, name })
  const content = contentOf(interpreter, routes)
  if (inside === undefined || content === undefined) return
  for (const unknown of content.unknown) report.refusal(unknown, neededBy(node))
  for (const { key, first, second } of content.overridden) {
    report.add('NM2012', {
      message: `The route \`${[...node.path, key].join('/')}\` is declared twice.`,
      place: second,
      related: [{ message: 'The other one', place: first }],
    })
  }
  for (const [key, { place, value }] of content.entries) {
    const path = [...node.path, key]
    if (!isSegment(key)) {
      const message = `\`${key}\` can't be a part of the route \`${path.join('/')}\`.`
      report.add('NM2011', { message, place })
      continue
    }
    // What later parts may override is reported above; the route itself is still looked at.
    const reachable = withReference(value(), memberReference(routes.reference, key))
    visit(walk, { ...inside, value: reachable, place, path })
  }
}

/** The node with one more ancestor, unless that is one already. */
function enter(
  { report }: Walk,
  node: Node,
  entered: { readonly identity: unknown; readonly name: string },
): Node | undefined {
  const first = node.ancestors.findIndex(({ identity }) => identity === entered.identity)
  if (first === -1) return { ...node, ancestors: [...node.ancestors, entered] }
  const circle = [...node.ancestors.slice(first), entered].map(({ name }) => name)
  report.add('NM2013', {
    message: `The route \`${node.path.join('/')}\` leads back to where it started: ${circle.join(' → ')}.`,
    place: node.place,
  })
  return undefined
}

function neededBy({ path, place }: Node): { readonly message: string; readonly place: Place } {
  const what = path.length === 0 ? 'The router' : `The route \`${path.join('/')}\``
  return { message: `${what} is declared here`, place }
}
