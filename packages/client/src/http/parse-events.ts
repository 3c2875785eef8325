/** One server-sent event. */
export interface ServerEvent {
  /** `message` where none is named. */
  readonly name: string
  readonly data: string
}

/** Reads the `text/event-stream` notation from pieces of text, cut anywhere. Ids and pauses are left out. */
export class EventParser {
  #rest = ''
  #name = ''
  #data: string[] = []

  /** The events that this piece completes. */
  push(text: string): readonly ServerEvent[] {
    const events: ServerEvent[] = []
    const all = this.#rest + text
    // A carriage return at the end may be half of a line's end.
    const usable = all.endsWith('\r') ? all.length - 1 : all.length
    const lines = all.slice(0, usable).split(/\r\n|\n|\r/)
    this.#rest = (lines.pop() ?? '') + all.slice(usable)
    for (const line of lines) {
      const event = this.#readLine(line)
      if (event) events.push(event)
    }
    return events
  }

  #readLine(line: string): ServerEvent | undefined {
    if (line === '') return this.#finish()
    const [field = '', value = ''] = splitOnce(line)
    if (field === 'event') this.#name = value
    else if (field === 'data') this.#data.push(value)
    return undefined
  }

  #finish(): ServerEvent | undefined {
    const event = { name: this.#name || 'message', data: this.#data.join('\n') }
    const isEmpty = this.#data.length === 0
    this.#name = ''
    this.#data = []
    return isEmpty ? undefined : event
  }
}

/** A line that begins with a colon is a comment: its field has no name. */
function splitOnce(line: string): [field: string, value: string] {
  const colon = line.indexOf(':')
  if (colon === -1) return [line, '']
  const from = line[colon + 1] === ' ' ? colon + 2 : colon + 1
  return [line.slice(0, colon), line.slice(from)]
}
