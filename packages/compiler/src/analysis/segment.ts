const pattern = /^[a-z][a-zA-Z0-9]*$/

/** Tells whether a name can be a part of a route, or the name of a job, command or plugin. */
export function isSegment(name: string): boolean {
  return pattern.test(name)
}
