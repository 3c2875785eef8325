import type { EventMessage } from './event-message.ts'

/** Carries events between the processes of a system. Its own process's events never come back by it. */
export interface EventBridge {
  /**
   * Sends one event to the other processes; rejects if the store can't be reached now.
   * @throws FormatError at once, before anything is sent, for a payload that can't travel
   */
  publish(message: EventMessage): Promise<void>
  /** Hears this event from now on, also after a lost connection. */
  follow(event: string): void
  unfollow(event: string): void
  /** Lets go of all connections. Never rejects. */
  close(): Promise<void>
}

/** Makes the bridge of a thread; called when events are first used. */
export type ConnectEventBridge = (options: {
  /** The same for all threads of a process. */
  readonly origin: string
  readonly receive: (message: EventMessage) => void
}) => EventBridge | Promise<EventBridge>
