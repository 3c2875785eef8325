/** One way to write plain values as bytes. Runs in browsers too. */
export interface Format {
  /** The media type that names it in `Content-Type` and `Accept`. */
  readonly contentType: string
  /**
   * Writes a value.
   * @throws {FormatError} for a value that the format can't carry; the error names where it lies.
   */
  encode(value: unknown): string | Uint8Array
  /**
   * Reads one value. Bytes must be UTF-8 where the format is text.
   * @throws {FormatError} and nothing else, whatever the bytes.
   */
  decode(body: string | Uint8Array, options?: DecodeOptions): unknown
}

export interface DecodeOptions {
  /** Deepest nesting of arrays and objects. Default and upper bound: 1,000. */
  readonly maxDepth?: number
}

/** No format writes or reads deeper nesting than this. */
export const deepestNesting = 1_000
