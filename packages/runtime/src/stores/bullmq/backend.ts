import type { BackendFactory, IQueueBackend } from 'bullmq'

import type { JobStore } from '../store.ts'

/** Makes the part of BullMQ that talks to the database; it brings the connection. */
export type CreateBackend = BackendFactory<IQueueBackend, Connected>

/** Stands where BullMQ expects a connection, which `CreateBackend` knows already. */
export interface Connected {
  readonly connected: true
}

export const connected: Connected = { connected: true }

/** What our two stores don't share. */
export interface StoreBackend {
  readonly create: CreateBackend
  readonly signals: Signals
  readonly exclusive: JobStore['exclusive']
}

/** Short messages to every thread and process that uses the store; at most once. */
export interface Signals {
  publish(message: string): Promise<void>
  /** @returns what ends it */
  listen(listener: (message: string) => void): Promise<() => void>
  close(): Promise<void>
}

/** Sets our keys apart from those of others in the same Redis. */
export const prefix = 'neemata'
