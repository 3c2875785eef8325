import { randomUUID } from 'node:crypto'

import { ApiError } from '@neemata/application'
import type { Connection, WireError } from '@neemata/gateway'

import type { AppContext } from '../apps/app-context.ts'
import { createGlobals, findNodes } from '../apps/create-globals.ts'
import { pathFrom } from '../container/dependency-path.ts'
import type { AnyCommand } from '../declare/command.ts'
import { Call } from '../pipeline/call.ts'
import { createContextSource } from '../pipeline/context-source.ts'
import { finishCall } from '../pipeline/finish-call.ts'
import type { Plan } from '../pipeline/plan.ts'
import { runPipeline } from '../pipeline/run-pipeline.ts'
import { Session } from '../pipeline/session.ts'
import { settleWithin } from '../time/settle-within.ts'
import type { CommandGiven } from './validate-input.ts'

/** How long a handler that was aborted may take to return, in ms, before nobody waits for it. */
export const abortGrace = 5_000

export interface CommandCall {
  readonly context: AppContext
  /** Its name inside the app. */
  readonly name: string
  readonly command: AnyCommand
  readonly given: CommandGiven
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal | undefined
}

/**
 * Runs a command's handler in a call of its own, so that it has a signal and can call applications. It
 * has no client, and so no identity. What it held is released when this settles.
 * @throws what the handler threw; ApiError `timeout` or `cancelled` when it was aborted
 */
export async function callCommand(options: CommandCall): Promise<unknown> {
  const { context, signal } = options
  const plan = await createCommandPlan(options)
  if (signal?.aborted) throw cancelled()
  const connection = createConnection()
  const session = new Session({ connection, context, carried: { value: undefined } })
  const answer = createAnswer()
  const call = new Call({ session, plan, input: options.given }, (outcome) => {
    if (outcome.type === 'error') answer.reject(toError(outcome.error, plan))
  })
  session.enter(call)
  const abort = (): void => call.abort(cancelled())
  signal?.addEventListener('abort', abort, { once: true })
  const ended = runPipeline(call)
    .then(answer.resolve, answer.reject)
    .then(() => finishCall(call))
  try {
    return await answer.promise
  } finally {
    signal?.removeEventListener('abort', abort)
    await settleWithin(
      ended.then(() => session.close()),
      abortGrace,
    )
  }
}

async function createCommandPlan({ context, name, command, given }: CommandCall): Promise<Plan> {
  const { binder, container } = context
  const dependencies = binder.bindAll(
    command.dependencies,
    pathFrom(`the command ${context.name}/${name}`),
  )
  const nodes = findNodes({ identity: undefined, procedures: [] }, dependencies)
  await createGlobals(context, nodes, container)
  return {
    app: context.name,
    procedure: name,
    kind: 'call',
    readonly: false,
    timeout: command.timeout ?? Infinity,
    validateInput: undefined,
    validateOutput: undefined,
    context: createContextSource(dependencies, container),
    handler: (values) => command.handler(values, given),
    middleware: [],
    guards: [],
    filters: [],
  }
}

function createConnection(): Connection {
  // What calls between applications see of where they came from: nowhere outside of this process.
  const here = { transport: 'command', protocol: 'http', headers: {}, remoteAddress: '' } as const
  return { id: randomUUID(), ...here }
}

interface Answer {
  readonly promise: Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

function createAnswer(): Answer {
  let settle: Omit<Answer, 'promise'> | undefined
  const promise = new Promise<unknown>((resolve, reject) => {
    settle = { resolve, reject }
  })
  return {
    promise,
    resolve: (value) => settle?.resolve(value),
    reject: (error) => settle?.reject(error),
  }
}

function toError({ code, message }: WireError, { timeout }: Plan): ApiError {
  if (code !== 'timeout') return new ApiError(code, message)
  return new ApiError('timeout', `The command took longer than ${timeout} ms.`)
}

function cancelled(): ApiError {
  return new ApiError('cancelled', 'The command was cancelled.')
}
