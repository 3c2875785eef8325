import { taggedJson } from '@neemata/gateway/formats'
import { type ClientFrame, defaultCredit, type ServerFrame } from '@neemata/gateway/protocol'

import { ApiError } from '../api-error.ts'
import type { Reply } from '../reply.ts'
import { ItemBuffer } from './item-buffer.ts'

/** Sends a frame on the socket that the call runs on. */
export type SendFrame = (frame: ClientFrame) => void

/** The frames that belong to a call. */
export type CallAnswerFrame = Extract<ServerFrame, { readonly id: number }>

/** One call over a socket: queued, sent, perhaps streaming, over. */
export class SocketCall {
  readonly id: number
  /** Its first frame, encoded before it is queued, so that what can't be sent fails at once. */
  readonly text: string
  readonly reply: Promise<Reply>
  /** Called once, when nothing more comes. */
  onOver: (() => void) | undefined
  #settle: { resolve(reply: Reply): void; reject(error: unknown): void } | undefined
  #send: SendFrame | undefined
  #items: ItemBuffer | undefined
  #isOver = false

  /** @throws {FormatError} for an input that can't be sent */
  constructor(id: number, { procedure, input }: { procedure: string; input: unknown }) {
    this.id = id
    const frame: ClientFrame = { type: 'call', id, procedure, input, credit: defaultCredit }
    this.text = encodeFrame(frame)
    this.reply = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** It was sent; what else it has to say goes the same way. */
  sent(send: SendFrame): void {
    this.#send = send
  }

  receive(frame: CallAnswerFrame): void {
    switch (frame.type) {
      case 'result':
        this.#settle?.resolve({ type: 'value', value: frame.value })
        return this.#over()
      case 'stream':
        return this.#begin()
      case 'items':
        return this.#items?.push(frame.items)
      case 'end':
        this.#items?.end()
        return this.#over()
      case 'error':
        return this.fail(new ApiError(frame.error))
    }
  }

  fail(error: unknown): void {
    if (this.#isOver) return
    this.#settle?.reject(error)
    this.#items?.fail(error)
    this.#over()
  }

  /** The caller has had enough. */
  cancel(error: unknown): void {
    if (this.#isOver) return
    this.fail(error)
    this.#send?.({ type: 'cancel', id: this.id })
  }

  #begin(): void {
    const { id } = this
    this.#items = new ItemBuffer({
      credit: defaultCredit,
      grant: (items) => this.#send?.({ type: 'credit', id, items }),
      onReturn: () => this.cancel(undefined),
    })
    this.#settle?.resolve({ type: 'stream', stream: this.#items })
  }

  #over(): void {
    this.#isOver = true
    this.onOver?.()
  }
}

export function encodeFrame(frame: ClientFrame): string {
  return String(taggedJson.encode(frame))
}
