/** An event on its way from one subscriber's process or thread to another. */
export interface EventMessage {
  readonly event: string
  /** As it was published: parsed again where it is received. */
  readonly payload: unknown
}

/** Tells whether something that came from outside is an event. */
export function isEventMessage(value: unknown): value is EventMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'event' in value &&
    typeof value.event === 'string' &&
    'payload' in value
  )
}
