export interface KeepAliveOptions {
  /** Milliseconds of silence after which to ask; 0: never. */
  readonly interval: number
  readonly ask: () => void
  /** Nothing came after asking either. */
  readonly onSilence: () => void
}

/** Notices that the other side of a socket is gone although nothing closed it. */
export class KeepAlive {
  readonly #options: KeepAliveOptions
  #timer: ReturnType<typeof setTimeout> | undefined
  #heardAt = 0

  constructor(options: KeepAliveOptions) {
    this.#options = options
  }

  /** The other side has spoken. Cheap, since it is called for every message. */
  heard(): void {
    this.#heardAt = performance.now()
    if (this.#timer === undefined && this.#options.interval > 0) this.#wait(this.#options.interval)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #wait(delay: number): void {
    this.#timer = setTimeout(() => {
      const silence = performance.now() - this.#heardAt
      const { interval } = this.#options
      if (silence < interval) this.#wait(interval - silence)
      else this.#ask()
    }, delay)
  }

  #ask(): void {
    const asked = this.#heardAt
    this.#options.ask()
    this.#timer = setTimeout(() => {
      if (this.#heardAt === asked) this.#options.onSilence()
      else this.#wait(this.#options.interval)
    }, this.#options.interval / 3)
  }
}
