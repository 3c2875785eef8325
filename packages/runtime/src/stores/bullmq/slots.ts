/** As many slots as jobs may run at once in this thread; who comes first is served first. */
export class Slots {
  readonly #waiting: ((taken: boolean) => void)[] = []
  #free: number
  #isClosed = false

  constructor(count: number) {
    this.#free = count
  }

  tryTake(): boolean {
    if (this.#isClosed || this.#free === 0) return false
    this.#free--
    return true
  }

  /** Waits for a slot; `false` if there will be none any more. */
  take(): Promise<boolean> {
    if (this.#isClosed) return Promise.resolve(false)
    if (this.tryTake()) return Promise.resolve(true)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  release(): void {
    const next = this.#waiting.shift()
    if (next) next(true)
    else this.#free++
  }

  /** Gives no more slots; those taken are still to be released. */
  close(): void {
    this.#isClosed = true
    for (const resolve of this.#waiting.splice(0)) resolve(false)
  }
}
