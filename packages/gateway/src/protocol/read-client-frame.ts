import { FrameError } from './frame-error.ts'
import { type ClientFrame, largestCredit } from './frames.ts'

/**
 * Checks a decoded message. Fields that the protocol doesn't know are ignored, so that it can grow.
 * @throws {FrameError} for anything that is no frame of a client
 */
export function readClientFrame(message: unknown): ClientFrame {
  const fields = readFields(message)
  switch (fields['type']) {
    case 'call':
      return readCall(fields)
    case 'credit':
      return { type: 'credit', id: readId(fields), items: readItems(fields['items'], 'items') }
    case 'cancel':
      return { type: 'cancel', id: readId(fields) }
    case 'auth':
      return { type: 'auth', authorization: readText(fields, 'authorization') }
    case 'ping':
      return ping
    default:
      throw new FrameError('The frame has no type that a client may send.')
  }
}

const ping = { type: 'ping' } as const

type Fields = Readonly<Record<string, unknown>>

function readCall(fields: Fields): ClientFrame {
  const { credit } = fields
  return {
    type: 'call',
    id: readId(fields),
    procedure: readText(fields, 'procedure'),
    input: fields['input'],
    ...(credit === undefined ? undefined : { credit: readItems(credit, 'credit') }),
  }
}

function readFields(message: unknown): Fields {
  if (Object.prototype.toString.call(message) === '[object Object]') return message as Fields
  throw new FrameError('A frame is an object.')
}

function readId({ id }: Fields): number {
  if (typeof id === 'number' && Number.isSafeInteger(id) && id > 0) return id
  throw new FrameError('The id of a call is a positive integer.')
}

function readItems(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= largestCredit) {
    return value
  }
  throw new FrameError(`"${name}" is an integer from 1 to ${largestCredit}.`)
}

function readText(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string') return value
  throw new FrameError(`"${name}" is a string.`)
}
