/** A path as messages and `configPath` write it: `apps.shop.transports.0`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.')
}

/** The value at a path; `undefined` where there is none. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let current = root
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) {
      return undefined
    }
    current = Reflect.get(current, key)
  }
  return current
}
