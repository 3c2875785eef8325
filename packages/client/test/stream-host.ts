import type { CallOutcome, CallRequest, Connection, GatewayHost, Session } from '@neemata/gateway'

/** A host with one app, `app`: `echo` answers with its input, `count` streams from its input upwards. */
export class StreamHost implements GatewayHost {
  /** Streams that were ended before their end. */
  left = 0
  /** Items that were pulled from all streams. */
  pulled = 0
  #notify: () => void = () => undefined

  routes = () =>
    new Map([
      [
        'app',
        {
          transports: new Set(['http', 'ws']),
          procedures: new Map([
            ['echo', { kind: 'call', readonly: false } as const],
            ['authorization', { kind: 'call', readonly: true } as const],
            ['count', { kind: 'stream', readonly: false } as const],
          ]),
        },
      ],
    ])

  health = () => ({ live: true, ready: true })
  open = (connection: Connection, app: string): Session => ({ connection, app })
  cancel = (): void => undefined
  close = (): void => undefined

  async call(session: Session, { procedure, input }: CallRequest): Promise<CallOutcome> {
    if (procedure === 'count') return { type: 'stream', stream: this.#count(input as Range) }
    const { authorization } = session.connection.headers
    return { type: 'value', value: procedure === 'echo' ? input : authorization }
  }

  /** Resolves when so many streams were left. */
  async untilLeft(count: number): Promise<void> {
    while (this.left < count) await new Promise<void>((resolve) => (this.#notify = resolve))
  }

  async *#count({ from, to, failure }: Range): AsyncGenerator<unknown> {
    let isLeft = true
    try {
      for (let n = from; n < to; n++) {
        this.pulled += 1
        yield { n, at: new Date(n) }
      }
      isLeft = false
      // oxlint-disable-next-line no-throw-literal -- what a host's streams throw is plain data
      if (failure !== undefined) throw { code: 'conflict', message: failure, data: { to: 5n } }
    } finally {
      if (isLeft) {
        this.left += 1
        this.#notify()
      }
    }
  }
}

export interface Range {
  readonly from: number
  readonly to: number
  /** What the stream fails with at its end. */
  readonly failure?: string
}

/** What `StreamHost` answers. */
export interface StreamContract {
  readonly app: {
    readonly echo: (input: unknown, options?: Options) => Promise<unknown>
    readonly authorization: () => Promise<string | undefined>
    readonly count: (input: Range, options?: Options) => AsyncIterable<{ n: number; at: Date }>
  }
}

interface Options {
  readonly signal?: AbortSignal
  readonly timeout?: number
}
