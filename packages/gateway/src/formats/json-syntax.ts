/** Where a text stops being JSON, and how to say so. */
export interface JsonSyntaxError {
  /** From 0. */
  readonly offset: number
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** `unexpected "}"`, `unexpected end`. */
  readonly what: string
}

/**
 * Finds the first place where a text stops being JSON. Engines word their own messages differently and
 * often without a position; this runs only after `JSON.parse` has failed.
 */
export function findJsonSyntaxError(text: string): JsonSyntaxError {
  const offset = new JsonScanner(text).firstBadOffset()
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  const next = text.codePointAt(offset)
  const what = next === undefined ? 'unexpected end' : `unexpected ${quote(next)}`
  return { offset, line, column, what }
}

type Expected = 'value' | 'value or close' | 'key' | 'key or close' | 'colon' | 'comma or close'

/** Keeps open brackets in a list instead of on the stack, so that no text is too deep for it. */
class JsonScanner {
  private readonly text: string
  private at = 0
  private readonly open: ('[' | '{')[] = []
  private expected: Expected = 'value'

  constructor(text: string) {
    this.text = text
  }

  firstBadOffset(): number {
    for (;;) {
      this.skip(/[\t\n\r ]*/y)
      if (this.expected === 'comma or close' && this.open.length === 0) return this.at
      if (!this.step()) return this.at
    }
  }

  /** Takes one token; `false` where it doesn't fit, with `at` on the offending character. */
  private step(): boolean {
    const character = this.text[this.at]
    if (character === undefined) return false
    if (character === ']' || character === '}') return this.close(character)
    switch (this.expected) {
      case 'colon':
        return this.punctuation(':', 'value')
      case 'comma or close':
        return this.punctuation(',', this.open.at(-1) === '{' ? 'key' : 'value')
      case 'key':
      case 'key or close':
        return character === '"' && this.string() && this.expect('colon')
      case 'value':
      case 'value or close':
        return this.value(character)
    }
  }

  private value(character: string): boolean {
    if (character === '{' || character === '[') {
      this.open.push(character)
      this.at++
      return this.expect(character === '{' ? 'key or close' : 'value or close')
    }
    const taken = character === '"' ? this.string() : this.number() || this.word()
    return taken && this.expect('comma or close')
  }

  private close(character: ']' | '}'): boolean {
    const opened = character === ']' ? '[' : '{'
    const allowed =
      this.expected === 'comma or close' ||
      this.expected === (opened === '[' ? 'value or close' : 'key or close')
    if (!allowed || this.open.at(-1) !== opened) return false
    this.open.pop()
    this.at++
    return this.expect('comma or close')
  }

  private punctuation(character: string, next: Expected): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return this.expect(next)
  }

  private string(): boolean {
    this.at++
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (Number.isNaN(code) || code < 32) return false
      this.at++
      if (code === 34) return true
      if (code === 92 && !this.escape()) return false
    }
  }

  private escape(): boolean {
    if (this.skip(/["\\/bfnrt]/y)) return true
    return (
      this.skip(/u/y) &&
      this.skip(/[\da-fA-F]{0,4}/y) &&
      /^u[\da-fA-F]{4}$/.test(this.text.slice(this.at - 5, this.at))
    )
  }

  private number(): boolean {
    const start = this.at
    this.skip(/-/y)
    if (!this.skip(/0|[1-9]/y)) return false
    if (this.text[this.at - 1] !== '0') this.skip(/\d+/y)
    if (this.skip(/\./y) && !this.skip(/\d+/y)) return false
    if (this.skip(/[eE]/y)) {
      this.skip(/[+-]/y)
      if (!this.skip(/\d+/y)) return false
    }
    return this.at > start
  }

  private word(): boolean {
    const word = ['true', 'false', 'null'].find((each) => each[0] === this.text[this.at])
    if (word === undefined) return false
    for (const letter of word) {
      if (this.text[this.at] !== letter) return false
      this.at++
    }
    return true
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const found = pattern.test(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }

  private expect(next: Expected): true {
    this.expected = next
    return true
  }
}

function quote(codePoint: number): string {
  const printable =
    codePoint > 32 && codePoint !== 127 && !(codePoint >= 0xd800 && codePoint < 0xe000)
  return printable
    ? JSON.stringify(String.fromCodePoint(codePoint))
    : `character U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}
