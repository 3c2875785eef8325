import type { MessagePort } from 'node:worker_threads'

import { type Field, readRow, writeValue } from './engine-values.ts'

export interface QueryResult {
  readonly rows: any[]
  readonly rowCount: number
}

export interface Notification {
  readonly channel: string
  readonly payload: string
}

/** One thread's line to the database: statements and their rows, and what the database announces. */
export interface EngineClient {
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>
  /** @returns what ends it */
  onNotification(listener: (notification: Notification) => void): () => void
  close(): void
}

type Answer = Notification | Reply | Refusal

interface Reply {
  readonly id: number
  readonly result: {
    readonly fields: readonly Field[]
    readonly rows: readonly (readonly (string | null)[])[]
  }
}

interface Refusal {
  readonly id: number
  readonly error: { readonly message: string; readonly code?: string; readonly detail?: string }
}

interface Pending {
  readonly resolve: (result: QueryResult) => void
  readonly reject: (error: Error) => void
}

export function createEngineClient(port: MessagePort): EngineClient {
  const pending = new Map<number, Pending>()
  const listeners = new Set<(notification: Notification) => void>()
  let lastId = 0
  let isClosed = false

  port.on('message', (answer: Answer) => {
    if ('channel' in answer) {
      for (const listener of listeners) listener(answer)
      return
    }
    const query = pending.get(answer.id)
    pending.delete(answer.id)
    if ('error' in answer)
      query?.reject(Object.assign(new Error(answer.error.message), answer.error))
    else query?.resolve(readResult(answer.result))
  })
  port.on('close', () => {
    isClosed = true
    for (const { reject } of pending.values()) reject(closedError())
    pending.clear()
  })

  return {
    query(text, values) {
      if (isClosed) return Promise.reject(closedError())
      return new Promise((resolve, reject) => {
        const id = ++lastId
        pending.set(id, { resolve, reject })
        const written = values && values.length > 0 ? values.map(writeValue) : undefined
        port.postMessage({ id, text, values: written })
      })
    },
    onNotification(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => port.close(),
  }
}

function readResult({ fields, rows }: Reply['result']): QueryResult {
  return { rows: rows.map((values) => readRow(fields, values)), rowCount: rows.length }
}

function closedError(): Error {
  return new Error('The embedded jobs store is closed.')
}
