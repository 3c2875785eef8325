/** The token of an `Authorization: Bearer …` header; `undefined` for no header or another scheme. */
export function readBearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}
