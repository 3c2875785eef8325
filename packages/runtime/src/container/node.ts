import type { MaybePromise } from '@neemata/application'

import type { CallFrame, SessionFrame } from './frame.ts'

/** The container that a value lives in. Outer levels live longer. */
export type Level = 'runtime' | 'app' | 'session' | 'call'

/** An injectable after binding: tokens are replaced by what they stand for, scopes by levels. */
export type Node = ValueNode | FactoryNode | SessionNode | CallNode

export interface ValueNode {
  readonly type: 'value'
  readonly level: 'runtime' | 'app'
  readonly value: unknown
}

export interface FactoryNode {
  readonly type: 'factory'
  /** For a transient: the level that its dependencies need. */
  readonly level: Level
  /** Made anew for each dependant, in the container of the dependant. */
  readonly transient: boolean
  readonly label: string
  readonly dependencies: readonly NamedNode[]
  readonly create: (context: object) => unknown
  readonly dispose: ((value: unknown, context: object) => MaybePromise<void>) | undefined
}

/** Something that the session knows of itself. */
export interface SessionNode {
  readonly type: 'session'
  readonly level: 'session'
  readonly read: (session: SessionFrame) => MaybePromise<unknown>
}

/** Something that the call knows of itself. */
export interface CallNode {
  readonly type: 'call'
  readonly level: 'call'
  readonly read: (call: CallFrame) => unknown
}

export interface NamedNode {
  readonly name: string
  readonly node: Node
}

const order: readonly Level[] = ['runtime', 'app', 'session', 'call']

/** Whether values of level `a` may go away before values of level `b`. */
export function livesShorter(a: Level, b: Level): boolean {
  return order.indexOf(a) > order.indexOf(b)
}

/** The shortest-lived of some levels; `runtime` when there are none. */
export function shortestLevel(levels: readonly Level[]): Level {
  return levels.reduce(
    (shortest, level) => (livesShorter(level, shortest) ? level : shortest),
    'runtime',
  )
}
