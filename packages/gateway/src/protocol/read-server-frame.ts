import { FrameError } from './frame-error.ts'
import type { ServerFrame } from './frames.ts'
import { isErrorCode } from './problem.ts'
import type { WireError } from './wire-error.ts'

/**
 * Checks a decoded message. `undefined` for a type that a newer server may have added.
 * @throws {FrameError} for anything that is no frame of a server
 */
export function readServerFrame(message: unknown): ServerFrame | undefined {
  if (typeof message !== 'object' || message === null) throw new FrameError('A frame is an object.')
  const fields = message as Fields
  switch (fields['type']) {
    case 'result':
      return { type: 'result', id: readId(fields), value: fields['value'] }
    case 'error':
      return { type: 'error', id: readId(fields), error: readError(fields['error']) }
    case 'items':
      return { type: 'items', id: readId(fields), items: readItems(fields) }
    case 'stream':
    case 'end':
      return { type: fields['type'], id: readId(fields) }
    case 'pong':
    case 'going_away':
      return { type: fields['type'] }
    default:
      return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

function readId({ id }: Fields): number {
  if (typeof id === 'number') return id
  throw new FrameError('The frame names no call.')
}

function readItems({ items }: Fields): readonly unknown[] {
  if (Array.isArray(items)) return items
  throw new FrameError('"items" is a list.')
}

function readError(value: unknown): WireError {
  const { code, message, data, id } = (value ?? {}) as Fields
  if (!isErrorCode(code) || typeof message !== 'string') {
    throw new FrameError('"error" has a code and a message.')
  }
  return {
    code,
    message,
    ...(data === undefined ? undefined : { data }),
    ...(typeof id === 'string' ? { id } : undefined),
  }
}
