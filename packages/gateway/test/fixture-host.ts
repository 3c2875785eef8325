import { cancelled, createItems, type CountingState, FixtureStream } from './fixture-stream.ts'
import type {
  AppRoutes,
  CallOutcome,
  CallRequest,
  Connection,
  GatewayHost,
  Health,
  ProcedureRoute,
  RouteTable,
  Session,
} from '@neemata/gateway'

/** What happened at the port, in order. */
export type HostEvent =
  | { readonly type: 'open'; readonly app: string; readonly connection: Connection }
  | { readonly type: 'call'; readonly procedure: string; readonly input: unknown }
  | { readonly type: 'close'; readonly app: string }

/**
 * A host whose one app, `fixture`, does what the suites ask for. It implements the port faithfully:
 * calls never reject, and closing a session ends its calls with `cancelled`.
 */
export class FixtureHost implements GatewayHost {
  readonly events: HostEvent[] = []
  table: RouteTable = createFixtureRoutes(['http'])
  state: Health = { live: true, ready: true }
  private readonly streams = new Map<Session, Map<number, FixtureStream>>()
  private readonly counting: CountingState = { running: 0, produced: 0 }
  private readonly waiting = new Map<Session, Set<(outcome: CallOutcome) => void>>()
  private readonly watchers = new Set<() => void>()

  routes(): RouteTable {
    return this.table
  }

  health(): Health {
    return this.state
  }

  open(connection: Connection, app: string): Session {
    const session = { connection, app }
    this.waiting.set(session, new Set())
    this.streams.set(session, new Map())
    this.record({ type: 'open', app, connection })
    return session
  }

  async call(session: Session, request: CallRequest): Promise<CallOutcome> {
    this.record({ type: 'call', procedure: request.procedure, input: request.input })
    const { id, procedure, input } = request
    if (procedure === 'wait') return this.wait(session)
    if (procedure === 'counting/state') return { type: 'value', value: { ...this.counting } }
    const items = createItems(procedure, input, this.counting)
    if (!items) return answer(session, request)
    const stream = new FixtureStream(items)
    this.streams.get(session)?.set(id, stream)
    return { type: 'stream', stream }
  }

  cancel(session: Session, call?: number): void {
    this.settle(session, { type: 'error', error: cancelled })
    for (const [id, stream] of this.streams.get(session) ?? []) {
      if (call === undefined || id === call) stream.abort()
    }
  }

  close(session: Session): void {
    this.record({ type: 'close', app: session.app })
    this.cancel(session)
    this.waiting.delete(session)
    this.streams.delete(session)
  }

  /** Lets every call of `wait` return `"released"`. */
  release(): void {
    for (const session of this.waiting.keys()) {
      this.settle(session, { type: 'value', value: 'released' })
    }
  }

  /** Items that `counting` has made so far. */
  get produced(): number {
    return this.counting.produced
  }

  /** How many runs of `counting` have not ended. */
  get running(): number {
    return this.counting.running
  }

  count(type: HostEvent['type']): number {
    return this.events.filter((event) => event.type === type).length
  }

  /** Resolves when so many events of that type have happened. */
  async until(type: HostEvent['type'], count: number): Promise<void> {
    while (this.count(type) < count) {
      await new Promise<void>((resolve) => this.watchers.add(resolve))
    }
  }

  private wait(session: Session): Promise<CallOutcome> {
    return new Promise((resolve) => this.waiting.get(session)?.add(resolve))
  }

  private settle(session: Session, outcome: CallOutcome): void {
    const calls = this.waiting.get(session)
    calls?.forEach((resolve) => resolve(outcome))
    calls?.clear()
  }

  private record(event: HostEvent): void {
    this.events.push(event)
    for (const watcher of this.watchers) watcher()
    this.watchers.clear()
  }
}

/** The routes that suites call; a real host under the suites needs an app that answers alike. */
export function createFixtureRoutes(transports: readonly string[]): RouteTable {
  const call = { kind: 'call', readonly: false } as const
  const readonly = { kind: 'call', readonly: true } as const
  const procedures = new Map<string, ProcedureRoute>([
    ['echo', call],
    ['read/echo', readonly],
    ['nothing', call],
    ['refuse', call],
    ['crash', call],
    ['wait', call],
    ['headers', readonly],
    ['unsendable', call],
    ['counting/state', call],
    ...['items', 'failing', 'counting', 'silent', 'unsendable/items'].map(
      (path) => [path, { kind: 'stream', readonly: false }] as const,
    ),
  ])
  return new Map<string, AppRoutes>([
    ['fixture', { transports: new Set(transports), procedures }],
    ['hidden', { transports: new Set<string>(), procedures }],
  ])
}

function answer({ connection }: Session, { procedure, input }: CallRequest): CallOutcome {
  switch (procedure) {
    case 'echo':
    case 'read/echo':
      return { type: 'value', value: input }
    case 'nothing':
      return { type: 'value', value: undefined }
    case 'headers':
      return { type: 'value', value: connection.headers }
    case 'unsendable':
      return { type: 'value', value: { items: [{ callback: () => 1 }] } }
    case 'refuse':
      return {
        type: 'error',
        error: { code: 'conflict', message: 'Shipped already.', data: input },
      }
    default:
      return {
        type: 'error',
        error: { code: 'internal_error', message: 'Internal error.', id: connection.id },
      }
  }
}
