/** An answer with its body read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: any
}

/** Posts a JSON value, or a body as it is when it is a string, and reads the answer. */
export async function post(
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const value: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: value }
}
