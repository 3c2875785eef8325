import { FormatError, taggedJson } from '@neemata/gateway/formats'

import { ApiError } from '@neemata/application'

/**
 * Writes a value for the store, in the encoding in which clients send it, so that dates, big integers,
 * maps and bytes come back as they were.
 * @throws ApiError `validation_failed` for what can't be written, naming where it lies
 */
export function encodeJobData(value: unknown): string {
  try {
    return taggedJson.encode(value) as string
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ApiError('validation_failed', error.message)
  }
}

export function decodeJobData(text: string): unknown {
  return taggedJson.decode(text)
}
