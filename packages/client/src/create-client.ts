import { Answer } from './answer.ts'
import type { ClientCallOptions, ClientOptions } from './client-options.ts'
import { HttpTransport } from './http/http-transport.ts'
import type { Transport } from './transport.ts'
import { WsTransport } from './ws/ws-transport.ts'

/** Every app of the contract, and the client's own control, whose name no app can have. */
export type Client<Contract extends object> = Contract & {
  /** Ends all calls, streams and the socket; calls made later reject with `ConnectionError`. */
  readonly $close: () => void
}

/**
 * Makes a client for the contract that `neemata generate` wrote. Every procedure is a function:
 * `client.places.search(input, { signal, timeout })` posts to `{url}/places/search`, or, with
 * `transport: 'ws'`, calls it over the one socket that all calls share.
 *
 * A stream's call begins when it is iterated and is cancelled when the loop is left.
 *
 * A call rejects with `ApiError` when the server refused it or took too long, or (`unavailable`) when the
 * socket was lost under it; with `ConnectionError` when no Neemata server answered, with the signal's
 * reason when its caller aborted it, and with `FormatError` for an input that can't be sent. So does a
 * stream's loop.
 *
 * Procedures named `then`, `catch`, `finally`, `toJSON`, `toString`, `valueOf`, `constructor` or
 * `prototype` can't be reached this way: the language asks every object for them.
 *
 * @throws {TypeError} for `transport: 'ws'` where the platform has no `WebSocket` and none is given
 *
 * @example
 * const client = createClient<Contract>({ url: 'http://127.0.0.1:3000' })
 * const cities = await client.places.search({ text: 'Berlin' })
 * for await (const trip of client.trips.watch()) console.log(trip)
 */
export function createClient<Contract extends object>(options: ClientOptions): Client<Contract> {
  const transport =
    options.transport === 'ws' ? new WsTransport(options) : new HttpTransport(options)
  const caller: Caller = { transport, timeout: options.timeout ?? defaultTimeout }
  return createNode(caller, '') as unknown as Client<Contract>
}

/** Milliseconds. */
const defaultTimeout = 30_000

interface Caller {
  readonly transport: Transport
  readonly timeout: number
}

type Node = (input?: unknown, options?: ClientCallOptions) => Answer

function createNode(caller: Caller, path: string): Node {
  const children = new Map<string, Node>()
  const target: Node = (input, options) => call(caller, { procedure: path, input, options })
  const close = (): void => caller.transport.close()
  // What consoles and debuggers show of it.
  Object.defineProperty(target, 'name', { value: path === '' ? 'client' : `client/${path}` })
  return new Proxy(target, {
    get(_, key) {
      if (key === '$close' && path === '') return close
      if (typeof key === 'symbol' || !isSegment(key)) return readOwn(target, key)
      let child = children.get(key)
      if (child === undefined) {
        child = createNode(caller, path === '' ? key : `${path}/${key}`)
        children.set(key, child)
      }
      return child
    },
    apply(_, _self, [input, options]: [unknown?, ClientCallOptions?]) {
      return path === ''
        ? Promise.reject(new TypeError('Call a procedure: client.app.procedure(input).'))
        : target(input, options)
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  })
}

interface Call {
  readonly procedure: string
  readonly input: unknown
  readonly options: ClientCallOptions | undefined
}

function call({ transport, timeout }: Caller, { procedure, input, options = {} }: Call): Answer {
  return new Answer(procedure, async (signal) =>
    transport.send({
      procedure,
      input,
      timeout: options.timeout ?? timeout,
      signals: options.signal === undefined ? [signal] : [options.signal, signal],
    }),
  )
}

function isSegment(key: string): boolean {
  return /^[a-z][a-zA-Z0-9]*$/.test(key) && !reserved.has(key)
}

/** Asked for by `await`, `JSON.stringify`, string conversion and inspection, never meant as a call. */
const reserved: ReadonlySet<string> = new Set([
  'then',
  'catch',
  'finally',
  'toJSON',
  'toString',
  'valueOf',
  'constructor',
  'prototype',
])

function readOwn(target: Node, key: string | symbol): unknown {
  if (key === Symbol.toPrimitive) return () => `[${target.name}]`
  if (key === 'toString') return () => `[${target.name}]`
  if (key === 'valueOf') return () => target
  return key === 'constructor' ? Function : undefined
}
