const culprits = new WeakMap<object, string>()

/** Remembers whose `create` threw an error, without changing the error: callers may test its class. */
export function blame(error: unknown, label: string): unknown {
  if (typeof error === 'object' && error !== null && !culprits.has(error))
    culprits.set(error, label)
  return error
}

/** The label of the injectable whose `create` threw this error. */
export function culpritOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null ? culprits.get(error) : undefined
}
