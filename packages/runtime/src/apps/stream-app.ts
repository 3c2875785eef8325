import type { WireError } from '@neemata/gateway'

import { copyValue } from './copy-value.ts'
import type { EnteredCall } from './enter-app.ts'
import { RemoteError } from './remote-error.ts'

/**
 * Reads a stream of another application; its call begins with the first item that is asked for.
 * @param name `trips/watch`
 * @throws ApiError what the target's pipeline failed with
 * @throws NeemataError NM7302 or NM7303
 */
export async function* streamApp(
  name: string,
  enter: () => Promise<EnteredCall>,
): AsyncGenerator<unknown> {
  const { outcome, leave } = await enter()
  try {
    if (outcome.type === 'error') throw new RemoteError(outcome.error)
    if (outcome.type !== 'stream') return
    const what = `An item of ${name}`
    const items = outcome.stream[Symbol.asyncIterator]()
    try {
      for (let next = await read(items); !next.done; next = await read(items)) {
        yield copyValue(next.value, what)
      }
    } finally {
      await items.return?.()
    }
  } finally {
    leave()
  }
}

async function read(items: AsyncIterator<unknown>): Promise<IteratorResult<unknown>> {
  try {
    return await items.next()
  } catch (error) {
    // The port promises this of everything that a stream throws.
    throw new RemoteError(error as WireError)
  }
}
