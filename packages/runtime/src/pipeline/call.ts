import { randomUUID } from 'node:crypto'

import { ApiError, type CallInfo } from '@neemata/application'
import type { CallOutcome } from '@neemata/gateway'

import type { Container } from '../container/container.ts'
import type { CallFrame } from '../container/frame.ts'
import { idleTimer, type Timed } from '../time/timer-wheel.ts'
import type { CallStream } from './call-stream.ts'
import type { Plan } from './plan.ts'
import type { Session } from './session.ts'

export interface CallStart {
  readonly session: Session
  readonly plan: Plan
  readonly input: unknown
  /** What the gateway calls it, so that it can be cancelled. */
  readonly requestId?: number
  /** The call that makes this one, if it comes from another application. */
  readonly caller?: Call
  /** Names of the calls in another thread that led to this one, outermost first. */
  readonly callers?: readonly string[] | undefined
  /** The caller's own limit in ms, besides the procedure's. */
  readonly timeout?: number | undefined
  /** Told of the call before it runs, so that it can be aborted. */
  readonly onStart?: (call: Call) => void
}

/** What ends with the call that began it. */
export interface NestedCall {
  abort(reason: ApiError): void
  /** Whether it has begun to send items, which nobody reads once the call that began it is over. */
  readonly isStreaming?: boolean
}

/**
 * One running call. It is *running* until it has an outcome, which its caller gets at once: that of the
 * pipeline, or an error when it is aborted (cancelled, timed out, session closed). A handler that
 * ignores its signal goes on unheard; the call's values are released when it returns. A stream has its
 * outcome when it begins, and runs until its last item.
 */
export class Call implements CallFrame, Timed {
  readonly session: Session
  readonly plan: Plan
  readonly input: unknown
  readonly requestId: number | undefined
  readonly caller: Call | undefined
  readonly callers: readonly string[]
  /** How many calls led here, this one included. */
  readonly depth: number
  // Entry in the timer wheel.
  deadline: number = idleTimer.deadline
  previous: Timed | undefined = undefined
  next: Timed | undefined = undefined
  slot: number = idleTimer.slot

  readonly #resolve: (outcome: CallOutcome) => void
  #abortedBy: ApiError | undefined = undefined
  #settled = false
  #id: string | undefined = undefined
  #info: CallInfo | undefined = undefined
  #controller: AbortController | undefined = undefined
  #container: Container | undefined = undefined
  #apps: unknown = undefined
  #nested: Set<NestedCall> | undefined = undefined
  #stream: CallStream | undefined = undefined

  constructor(start: CallStart, resolve: (outcome: CallOutcome) => void) {
    this.session = start.session
    this.plan = start.plan
    this.input = start.input
    this.requestId = start.requestId
    this.caller = start.caller
    this.callers = start.callers ?? []
    this.depth = start.caller ? start.caller.depth + 1 : this.callers.length + 1
    this.#resolve = resolve
    this.caller?.addNested(this)
    const timeout = Math.min(start.plan.timeout, start.timeout ?? Infinity)
    if (timeout < Infinity) this.session.context.services.wheel.add(this, timeout)
  }

  /** Unique; made when somebody asks. */
  get id(): string {
    this.#id ??= randomUUID()
    return this.#id
  }

  /** The calls that led here, outermost first, this one last: `shop/orders/create`. */
  get chain(): readonly string[] {
    const before = this.caller ? this.caller.chain : this.callers
    return [...before, `${this.plan.app}/${this.plan.procedure}`]
  }

  /** What guards, middleware and filters see of this call. */
  get info(): CallInfo {
    this.#info ??= new CallView(this)
    return this.#info
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#abortedBy) this.#controller.abort(this.#abortedBy)
    }
    return this.#controller.signal
  }

  get container(): Container {
    this.#container ??= this.session.context.container.forkCall(this)
    return this.#container
  }

  get apps(): unknown {
    this.#apps ??= this.session.context.services.createAppsClient(this)
    return this.#apps
  }

  /** Throws once the call is over, so that an abandoned pipeline goes no further. */
  assertRunning(): void {
    if (this.#abortedBy) throw this.#abortedBy
  }

  /** Ends the call with an error, whatever its handler does. */
  abort(error: ApiError): void {
    if (this.#settled) return
    this.#abortedBy = error
    const described = { code: error.code, message: error.message }
    this.settle({ type: 'error', error: described })
    this.#controller?.abort(error)
    if (this.#nested) for (const call of this.#nested) call.abort(error)
    this.#stream?.abort(described)
  }

  /** Gives the caller the items; the call runs on until `settle` or `abort`. */
  beginStream(stream: CallStream): void {
    this.#stream = stream
    this.#resolve({ type: 'stream', stream })
  }

  get isStreaming(): boolean {
    return this.#stream !== undefined
  }

  /** The wheel calls this when the time is up. */
  expire(): void {
    this.abort(new ApiError('timeout', 'The call took too long.'))
  }

  /** Ends the call, and gives the caller its answer if it has none; only the first one counts. */
  settle(outcome?: CallOutcome): void {
    if (this.#settled) return
    this.#settled = true
    this.session.context.services.wheel.remove(this)
    this.caller?.removeNested(this)
    if (outcome) this.#resolve(outcome)
    if (!this.#nested) return
    for (const call of this.#nested) if (call.isStreaming) call.abort(abandonedError())
  }

  get settled(): boolean {
    return this.#settled
  }

  addNested(call: NestedCall): void {
    this.#nested ??= new Set()
    this.#nested.add(call)
  }

  removeNested(call: NestedCall): void {
    this.#nested?.delete(call)
  }

  /** Releases the call's values; nothing to wait for when there are none. */
  release(): Promise<void> | undefined {
    return this.#container?.dispose()
  }
}

function abandonedError(): ApiError {
  return new ApiError('cancelled', 'The call that read this stream is over.')
}

/** The part of a call that users' code may see. */
class CallView implements CallInfo {
  readonly #call: Call
  readonly app: string
  readonly procedure: string
  readonly input: unknown

  constructor(call: Call) {
    this.#call = call
    this.app = call.plan.app
    this.procedure = call.plan.procedure
    this.input = call.input
  }

  get id(): string {
    return this.#call.id
  }
}
