/** Where a value lies inside another one: keys and indexes from the outside in. */
export type ValuePath = readonly (string | number)[]

/** Says why bytes can't be read, or a value can't be written. */
export class FormatError extends Error {
  /** Where the offending value lies; empty for the whole, or when the text itself is malformed. */
  readonly path: ValuePath

  constructor(message: string, path: ValuePath = [], options?: ErrorOptions) {
    super(message, options)
    this.name = 'FormatError'
    this.path = path
  }
}

/** Writes a path as code would: `items[3].name`. */
export function describePath(path: ValuePath): string {
  if (path.length === 0) return 'the top level'
  if (path.length > longestPath) return `${describePath(path.slice(0, longestPath))}…`
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

const longestPath = 12
