import type { ClientCallOptions, ClientOptions } from './client-options.ts'
import { HttpCaller } from './http-caller.ts'

/**
 * Makes a client for the contract that `neemata generate` wrote. Every procedure is a function:
 * `client.places.search(input, { signal, timeout })` posts to `{url}/places/search`.
 *
 * A call rejects with `ApiError` when the server refused it or took too long, with `ConnectionError` when
 * no Neemata server answered, with the signal's reason when its caller aborted it, and with `FormatError`
 * for an input that can't be sent.
 *
 * Procedures named `then`, `catch`, `finally`, `toJSON`, `toString`, `valueOf`, `constructor` or
 * `prototype` can't be reached this way: the language asks every object for them.
 *
 * @example
 * const client = createClient<Contract>({ url: 'http://127.0.0.1:3000' })
 * const cities = await client.places.search({ text: 'Berlin' })
 */
export function createClient<Contract extends object>(options: ClientOptions): Contract {
  const caller = new HttpCaller(options)
  return createNode(caller, '') as unknown as Contract
}

type Node = (input?: unknown, options?: ClientCallOptions) => Promise<unknown>

function createNode(caller: HttpCaller, path: string): Node {
  const children = new Map<string, Node>()
  const target: Node = (input, options) => caller.call(path, input, options)
  // What consoles and debuggers show of it.
  Object.defineProperty(target, 'name', { value: path === '' ? 'client' : `client/${path}` })
  return new Proxy(target, {
    get(_, key) {
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
