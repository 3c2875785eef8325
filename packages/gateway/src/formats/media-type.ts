/** The type of a `Content-Type` header, lower-case, and its charset if it names one. */
export interface MediaType {
  readonly type: string
  readonly charset: string | undefined
}

/** Reads a `Content-Type` header; `undefined` when it isn't one. */
export function readMediaType(header: string): MediaType | undefined {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) return undefined
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))
  return { type, charset: charset?.slice('charset='.length).replaceAll('"', '') }
}
