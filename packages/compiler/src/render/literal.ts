/** Source text of an expression, to stand among plain values. */
export class Expression {
  readonly #head: string
  readonly #tail: string

  /** @param tail goes to the next line, indented, where the line would be too long with it */
  constructor(head: string, tail = '') {
    this.#head = head
    this.#tail = tail
  }

  render({ indent, lead }: Position): string {
    if (this.#tail === '') return this.#head
    const line = `${this.#head} ${this.#tail}`
    return fits(line, { indent, lead }) ? line : `${this.#head}\n${indent}  ${this.#tail}`
  }
}

/** Where a value starts: the indentation of its line, and how much stands before it there. */
interface Position {
  readonly indent: string
  readonly lead: number
}

const width = 100

/**
 * The one door for values that enter source text: renders plain data as a formatted literal, and
 * `Expression`s inside it as they are. Keys keep their order.
 *
 * @throws TypeError for what no literal can express, such as a function or a class instance.
 */
export function renderLiteral(value: unknown): string {
  return renderValue(value, { indent: '', lead: 0 })
}

/** Whether a text, and a comma after it, ends within the line. */
export function fits(text: string, { indent, lead }: Position): boolean {
  return !text.includes('\n') && indent.length + lead + text.length < width
}

/** A string literal: single quotes, unless double ones save escapes. */
export function renderString(value: string): string {
  const json = JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  if (value.includes("'") && !value.includes('"')) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A property name, quoted only where it must be. */
export function renderKey(name: string): string {
  // Written plainly, it would set the prototype.
  if (name === '__proto__') return "['__proto__']"
  return isIdentifier(name) ? name : renderString(name)
}

/** What follows an expression to reach a value inside: `.default.routes['a-b']`. */
export function renderAccess(path: readonly string[]): string {
  return path.map(renderStep).join('')
}

/** The same in a type, where only brackets reach inside: `['default']['routes']['a-b']`. */
export function renderTypeAccess(path: readonly string[]): string {
  return path.map((name) => (isIndex(name) ? `[${name}]` : `[${renderString(name)}]`)).join('')
}

/** Whether a name may stand without quotes as a property name, and after a dot. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name)
}

function renderStep(name: string): string {
  // The compiler saw the element, so it is there.
  if (isIndex(name)) return `[${name}]!`
  return isIdentifier(name) ? `.${name}` : `[${renderString(name)}]`
}

function renderValue(value: unknown, position: Position): string {
  if (value instanceof Expression) return value.render(position)
  if (typeof value === 'string') return renderString(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'bigint') return `${value}n`
  if (value === null || value === undefined || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return renderArray(value, position)
  if (isPlainObject(value)) return renderObject(value, position.indent)
  throw new TypeError(`No literal can express ${describe(value)}`)
}

function renderArray(items: readonly unknown[], { indent, lead }: Position): string {
  const inline = items.map((item) => renderValue(item, { indent, lead: -Infinity }))
  const line = `[${inline.join(', ')}]`
  if (fits(line, { indent, lead })) return line
  const inner = `${indent}  `
  const lines = items.map((item) => `${inner}${renderValue(item, { indent: inner, lead: 0 })},\n`)
  return `[\n${lines.join('')}${indent}]`
}

function renderObject(fields: Readonly<Record<string, unknown>>, indent: string): string {
  const inner = `${indent}  `
  const lines = Object.entries(fields).map(([name, value]) => {
    const key = `${renderKey(name)}: `
    return `${inner}${key}${renderValue(value, { indent: inner, lead: key.length })},\n`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}

function isIndex(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name)
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function describe(value: unknown): string {
  return typeof value === 'object' ? `a ${value?.constructor.name}` : `a ${typeof value}`
}
