import { done, type Reply, type ReplyStream } from './reply.ts'

/** Sends the call; aborting ends it. */
export type SendCall = (signal: AbortSignal) => Promise<Reply>

/**
 * What calling a procedure gives. The client knows no procedures, so this is both: a promise, for one
 * that answers with a value, and an iterable, for a stream.
 *
 * The call is sent at the end of the current turn, unless it is iterated by then: a stream begins when
 * it is iterated. One that nobody awaits and that proves to be a stream is kept, paused by its credit or
 * by TCP, until it is iterated.
 */
export class Answer extends Promise<unknown> implements AsyncIterable<unknown> {
  /** What `then` gives is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  readonly #send: SendCall
  readonly #name: string
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  /** The call that was sent without being iterated. */
  #sent: SentCall | undefined
  #held: ReplyStream | undefined
  #isIterated = false
  #isAwaited = false

  constructor(name: string, send: SendCall) {
    let settle: [(value: unknown) => void, (error: unknown) => void] | undefined
    super((resolve, reject) => {
      settle = [resolve, reject]
    })
    ;[this.#resolve, this.#reject] = settle!
    this.#send = send
    this.#name = name
    queueMicrotask(() => this.#begin())
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is a promise, and has to know that it is awaited
  override then<Value = unknown, Caught = never>(
    onValue?: ((value: unknown) => Value | PromiseLike<Value>) | null,
    onError?: ((reason: unknown) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Value | Caught> {
    this.#isAwaited = true
    this.#refuseHeld()
    return super.then(onValue, onError)
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<unknown> {
    this.#isIterated = true
    // Its failure is now the loop's to see.
    super.then(undefined, () => undefined)
    const sent = this.#sent
    this.#sent = undefined
    this.#held = undefined
    return iterate({ name: this.#name, sent, send: this.#send })
  }

  #begin(): void {
    if (this.#isIterated) return
    this.#sent = sendCall(this.#send)
    this.#sent.reply.then((reply) => {
      if (reply.type === 'value') return this.#resolve(reply.value)
      if (this.#isIterated) return
      this.#held = reply.stream
      if (this.#isAwaited) this.#refuseHeld()
    }, this.#reject)
  }

  #refuseHeld(): void {
    if (this.#held === undefined) return
    void this.#held.return()
    this.#held = undefined
    this.#sent = undefined
    this.#reject(new TypeError(`${this.#name} is a stream: iterate it with "for await".`))
  }
}

interface SentCall {
  readonly reply: Promise<Reply>
  readonly controller: AbortController
}

function sendCall(send: SendCall): SentCall {
  const controller = new AbortController()
  return { reply: send(controller.signal), controller }
}

interface Iteration {
  readonly name: string
  readonly sent: SentCall | undefined
  readonly send: SendCall
}

function iterate({ name, sent, send }: Iteration): AsyncIterableIterator<unknown> {
  let call = sent
  let stream: Promise<ReplyStream> | undefined
  let isOver = false
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (isOver) return done
      try {
        call ??= sendCall(send)
        stream ??= call.reply.then((reply) => expectStream(reply, name))
        const result = await (await stream).next()
        if (result.done === true) isOver = true
        return result
      } catch (error) {
        if (isOver) return done
        isOver = true
        throw error
      }
    },
    async return() {
      isOver = true
      call?.controller.abort()
      call?.reply.then(
        (reply) => (reply.type === 'stream' ? reply.stream.return() : done),
        () => done,
      )
      return done
    },
  }
}

function expectStream(reply: Reply, name: string): ReplyStream {
  if (reply.type === 'stream') return reply.stream
  throw new TypeError(`${name} is no stream: await its answer.`)
}
