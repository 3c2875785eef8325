/** Values between one who pushes and one who pulls, at most so many at a time. */
export class EventQueue {
  readonly #capacity: number
  readonly #overflow: 'drop-oldest' | 'drop-newest' | 'close'
  readonly #waiting: ((value: Pulled) => void)[] = []
  #values: unknown[] = []
  #end: Pulled | undefined

  constructor(capacity: number, overflow: 'drop-oldest' | 'drop-newest' | 'close') {
    this.#capacity = capacity
    this.#overflow = overflow
  }

  push(value: unknown): void {
    if (this.#end) return
    const reader = this.#waiting.shift()
    if (reader) return reader({ type: 'value', value })
    if (this.#values.length < this.#capacity) this.#values.push(value)
    else if (this.#overflow === 'close') this.#end = { type: 'overflow' }
    else if (this.#overflow === 'drop-oldest') {
      this.#values.shift()
      this.#values.push(value)
    }
  }

  /** The next value, waited for if need be. What was kept when it overflowed still comes. */
  pull(): Pulled | Promise<Pulled> {
    if (this.#values.length > 0) return { type: 'value', value: this.#values.shift() }
    if (this.#end) return this.#takeEnd(this.#end)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Ends it, for those who wait too; what was kept is dropped. */
  end(): void {
    this.#end = { type: 'end' }
    this.#values = []
    for (const resolve of this.#waiting.splice(0)) resolve(this.#end)
  }

  /** An overflow is told once; then the queue is simply over. */
  #takeEnd(end: Pulled): Pulled {
    this.#end = { type: 'end' }
    return end
  }
}

export type Pulled =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'overflow' }
  | { readonly type: 'end' }
