/** Something with a deadline. The wheel owns every field but `expire`. */
export interface Timed {
  deadline: number
  previous: Timed | undefined
  next: Timed | undefined
  slot: number
  expire(): void
}

export interface TimerWheelOptions {
  /** Milliseconds between two looks at the wheel; how late a deadline may be noticed. Default: 10. */
  readonly resolution?: number
  /** The clock, in ms. Default: `performance.now`. */
  readonly now?: () => number
}

const slotCount = 512
const notQueued = -1

/**
 * One timer for many deadlines: adding and removing is a few assignments, so that a call which ends in
 * time never touches a timer of the platform. Coarse, but never early.
 *
 * An entry sits in the slot of its tick (modulo the size of the wheel), in a list that runs through the
 * entries themselves. The wheel turns only while it holds something.
 */
export class TimerWheel {
  readonly #resolution: number
  readonly #now: () => number
  readonly #slots = Array.from<Timed | undefined>({ length: slotCount })
  #timer: NodeJS.Timeout | undefined
  #tick = 0
  #size = 0

  constructor(options: TimerWheelOptions = {}) {
    this.#resolution = options.resolution ?? 10
    this.#now = options.now ?? (() => performance.now())
  }

  /** How many deadlines are waiting. */
  get size(): number {
    return this.#size
  }

  /** Calls `expire` once `timeout` ms have passed, unless the entry is removed before. */
  add(entry: Timed, timeout: number): void {
    const now = this.#now()
    if (this.#size === 0) this.#start(now)
    entry.deadline = now + timeout
    const slot = (Math.floor(entry.deadline / this.#resolution) + 1) % slotCount
    const head = this.#slots[slot]
    entry.slot = slot
    entry.previous = undefined
    entry.next = head
    if (head) head.previous = entry
    this.#slots[slot] = entry
    this.#size++
  }

  /** Forgets a deadline; one that isn't waiting is ignored. */
  remove(entry: Timed): void {
    if (entry.slot === notQueued) return
    if (entry.previous) entry.previous.next = entry.next
    else this.#slots[entry.slot] = entry.next
    if (entry.next) entry.next.previous = entry.previous
    entry.slot = notQueued
    entry.previous = undefined
    entry.next = undefined
    this.#size--
  }

  /** Expires what is due. The timer calls this. */
  turn(): void {
    const now = this.#now()
    const current = Math.floor(now / this.#resolution)
    // After a long pause every slot is looked at once.
    const first = Math.max(this.#tick + 1, current - slotCount + 1)
    for (let tick = first; tick <= current; tick++) this.#expireSlot(tick % slotCount, now)
    this.#tick = Math.max(this.#tick, current)
    if (this.#size === 0) this.#stop()
  }

  #expireSlot(slot: number, now: number): void {
    const due: Timed[] = []
    for (let entry = this.#slots[slot]; entry; entry = entry.next) {
      if (entry.deadline <= now) due.push(entry)
    }
    for (const entry of due) {
      // An earlier one may have removed it.
      if (entry.slot === notQueued) continue
      this.remove(entry)
      entry.expire()
    }
  }

  #start(now: number): void {
    this.#tick = Math.floor(now / this.#resolution)
    this.#timer ??= setInterval(() => this.turn(), this.#resolution)
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}

/** The fields of an entry that isn't waiting. */
export const idleTimer: Omit<Timed, 'expire'> = {
  deadline: 0,
  previous: undefined,
  next: undefined,
  slot: notQueued,
}
