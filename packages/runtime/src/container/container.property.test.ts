import { defineInjectable, type Injectable, type Scope } from '@neemata/application'
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { createLogger } from '../logging/create-logger.ts'
import { Binder } from './binder.ts'
import { Container } from './container.ts'
import { pathFrom } from './dependency-path.ts'
import type { CallFrame, SessionFrame } from './frame.ts'

interface Shape {
  readonly scope: Exclude<Scope, 'transient'>
  /** Indexes of earlier ones, taken modulo their number. */
  readonly dependencies: readonly number[]
  readonly isAsync: boolean
  readonly slowDispose: boolean
}

const shape: fc.Arbitrary<Shape> = fc.record({
  scope: fc.constantFrom('global' as const, 'connection' as const, 'call' as const),
  dependencies: fc.array(fc.nat(), { maxLength: 4 }),
  isAsync: fc.boolean(),
  slowDispose: fc.boolean(),
})

const rank = { global: 0, connection: 1, call: 2 }

/** What happened to one made value: `0` is the first that was ever made. */
interface Log {
  readonly made: { readonly index: number; readonly uses: readonly number[] }[]
  readonly disposed: number[]
}

test('creates once per scope, disposes once, dependants first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(shape, { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
      async (shapes, asked) => {
        const log: Log = { made: [], disposed: [] }
        const graph = createGraph(shapes, log)
        const { root, app, session, call } = createContainers()
        const binder = new Binder()
        const nodes = asked.map((index) => {
          const injectable = graph[index % graph.length]!
          return binder.bind(injectable, pathFrom('test'))
        })

        const values = await Promise.all([...nodes, ...nodes].map(async (node) => call.get(node)))
        expect(values.slice(0, nodes.length)).toEqual(values.slice(nodes.length))
        const indexes = log.made.map(({ index }) => index)
        expect(new Set(indexes).size).toBe(indexes.length)

        await call.dispose()
        const callScoped = indexes.filter((index) => shapes[index]!.scope === 'call')
        expect([...log.disposed].sort()).toEqual(callScoped.sort())
        for (const container of [session, app, root]) await container.dispose()
        expect([...log.disposed].sort()).toEqual([...indexes].sort())
        for (const { index, uses } of log.made) {
          for (const used of uses) {
            expect(log.disposed.indexOf(index)).toBeLessThan(log.disposed.indexOf(used))
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})

/** Each may depend on earlier ones that live at least as long, so there are no circles. */
function createGraph(shapes: readonly Shape[], log: Log): Injectable[] {
  const graph: Injectable[] = []
  for (const [index, { scope, dependencies, isAsync, slowDispose }] of shapes.entries()) {
    const reachable = [...graph.keys()].filter((at) => rank[shapes[at]!.scope] <= rank[scope])
    const uses = [
      ...new Set(
        dependencies.map((n) => reachable[n % reachable.length]).filter((n) => n !== undefined),
      ),
    ]
    const make = () => {
      log.made.push({ index, uses })
      return index
    }
    const untyped = defineInjectable as (options: object) => Injectable
    graph.push(
      untyped({
        name: `#${index}`,
        scope,
        dependencies: Object.fromEntries(uses.map((at) => [`d${at}`, graph[at]!])),
        create: isAsync ? () => Promise.resolve().then(make) : make,
        dispose: slowDispose
          ? () => Promise.resolve().then(() => void log.disposed.push(index))
          : () => void log.disposed.push(index),
      }),
    )
  }
  return graph
}

function createContainers(): Record<'root' | 'app' | 'session' | 'call', Container> {
  const logger = createLogger({ level: 'silent' })
  const root = Container.createRoot({ logger })
  const app = root.forkApp(logger)
  let inSession: Container | undefined
  let inCall: Container | undefined
  const session: SessionFrame = {
    connection: {},
    identity: () => undefined,
    get container() {
      return (inSession ??= app.forkSession(session))
    },
  }
  const call: CallFrame = {
    session,
    signal: AbortSignal.abort(),
    apps: {},
    get container() {
      return (inCall ??= app.forkCall(call))
    },
  }
  return { root, app, session: session.container, call: call.container }
}
