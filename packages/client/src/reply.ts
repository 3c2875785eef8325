/** How a server answered a call: with one value, or with a stream that waits to be read. */
export type Reply =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'stream'; readonly stream: ReplyStream }

/** Items as they come. `return` cancels the call, also while a `next` waits, which is then done. */
export interface ReplyStream {
  next(): Promise<IteratorResult<unknown, undefined>>
  return(): Promise<IteratorResult<unknown, undefined>>
}

export const done: { readonly done: true; readonly value: undefined } = {
  done: true,
  value: undefined,
}
