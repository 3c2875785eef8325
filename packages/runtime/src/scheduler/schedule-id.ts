const prefix = 'config/'

/** The store's id of a schedule of the config, which sets it apart from those of others. */
export function ownSchedule(name: string): string {
  return prefix + name
}

/** The name in the config; `undefined` for a schedule that somebody else made. */
export function scheduleName(id: string): string | undefined {
  return id.startsWith(prefix) ? id.slice(prefix.length) : undefined
}
