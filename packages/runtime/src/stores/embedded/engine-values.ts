/** A column of a result, by the number that Postgres gives its type. */
export interface Field {
  readonly name: string
  readonly type: number
}

/** What a parameter is called on its way to the database. */
export function writeValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return writeArray(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** A row as the `pg` driver would give it, which is what BullMQ was written for. */
export function readRow(
  fields: readonly Field[],
  values: readonly (string | null)[],
): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [index, { name, type }] of fields.entries()) {
    const value = values[index]
    row[name] = value === null || value === undefined ? null : readValue(type, value)
  }
  return row
}

function readValue(type: number, text: string): unknown {
  switch (type) {
    case types.bool:
      return text === 't'
    case types.int2:
    case types.int4:
    case types.oid:
    case types.float4:
    case types.float8:
      return Number(text)
    case types.json:
    case types.jsonb:
      return JSON.parse(text)
    case types.textArray:
    case types.varcharArray:
    case types.int8Array:
      return readArray(text)
    default:
      // `int8` and `numeric` too: they may not fit a number.
      return text
  }
}

const types = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  textArray: 1009,
  varcharArray: 1015,
  int8Array: 1016,
  jsonb: 3802,
} as const

function writeArray(items: readonly unknown[]): string {
  const parts = items.map((item) => {
    if (Array.isArray(item)) return writeArray(item)
    const text = writeValue(item)
    return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  })
  return `{${parts.join(',')}}`
}

/** Reads a flat array literal: `{a,"b, c",NULL}`. */
function readArray(text: string): (string | null)[] {
  const items: (string | null)[] = []
  for (const match of text.slice(1, -1).matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/g)) {
    const [, quoted, bare] = match
    if (quoted !== undefined) items.push(quoted.replaceAll(/\\(.)/g, '$1'))
    else items.push(bare === 'NULL' ? null : (bare ?? ''))
  }
  return items
}
