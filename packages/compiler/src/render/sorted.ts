/** The entries of a record by code unit of their keys: the same on every machine, whatever its locale. */
export function sortedEntries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** The same record with its keys sorted, each value mapped. */
export function mapSorted<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(sortedEntries(record).map(([key, value]) => [key, map(value, key)]))
}
