import { NeemataError } from '../errors/neemata-error.ts'
import type { Logger } from '../declare/logger.ts'
import { restartDelay, type RestartPolicy } from './restart-policy.ts'
import type { Thread } from './thread.ts'
import { describePlace, type ThreadPlace } from './thread-place.ts'

export interface SupervisedThreadOptions {
  readonly place: ThreadPlace
  readonly create: () => Thread
  readonly policy: RestartPolicy
  readonly logger: Logger
  /** Called when it has died too often; nothing is tried after that. */
  readonly onGiveUp: (error: NeemataError) => void
}

/**
 * A place that always has a thread. *Idle* → *running*, where a thread that dies is replaced after a
 * wait that doubles each time → *stopped*, by its owner or because too many died in a row.
 */
export class SupervisedThread {
  readonly place: ThreadPlace
  readonly #options: SupervisedThreadOptions
  #thread: Thread | undefined
  #state: 'idle' | 'running' | 'stopped' = 'idle'
  #deaths = 0
  #restart: NodeJS.Timeout | undefined

  constructor(options: SupervisedThreadOptions) {
    this.place = options.place
    this.#options = options
  }

  /** The thread, if calls may come to it now. */
  get live(): Thread | undefined {
    return this.#thread?.isReady ? this.#thread : undefined
  }

  /** Starts the first thread. That one isn't replaced if it can't start: its failure is the caller's. */
  async start(): Promise<void> {
    const thread = this.#create()
    await thread.ready
    if (this.#state === 'stopped') return
    this.#state = 'running'
    this.#watch(thread, performance.now())
  }

  async leave(timeout: number): Promise<void> {
    await this.live?.leave(timeout)
  }

  async stop(timeout: number): Promise<void> {
    this.#state = 'stopped'
    clearTimeout(this.#restart)
    await this.#thread?.stop(timeout)
  }

  #create(): Thread {
    this.#thread = this.#options.create()
    return this.#thread
  }

  #watch(thread: Thread, since: number): void {
    void thread.ended.then((reason) => {
      if (this.#state !== 'running') return
      this.#replace(reason, performance.now() - since)
    })
  }

  #replace(err: Error, lifetime: number): void {
    const { policy, logger, onGiveUp } = this.#options
    if (lifetime >= policy.stableAfter) this.#deaths = 0
    this.#deaths += 1
    const thread = describePlace(this.place)
    if (this.#deaths > policy.attempts) {
      this.#state = 'stopped'
      logger.error({ err, thread }, 'a thread died')
      return onGiveUp(diedTooOften(thread, policy.attempts, err))
    }
    const delay = restartDelay(policy, this.#deaths)
    logger.error({ err, thread, restartInMs: delay, deaths: this.#deaths }, 'a thread died')
    this.#restart = setTimeout(() => this.#begin(), delay)
  }

  #begin(): void {
    const since = performance.now()
    const thread = this.#create()
    this.#watch(thread, since)
    const { logger } = this.#options
    thread.ready.then(
      () => logger.info({ thread: describePlace(this.place) }, 'a thread was replaced'),
      // That it ended is seen by `watch`.
      () => undefined,
    )
  }
}

function diedTooOften(thread: string, attempts: number, cause: Error): NeemataError {
  return new NeemataError(
    'NM7502',
    `The thread "${thread}" died more than ${attempts} times in a row: ${cause.message}`,
    { cause },
  )
}
