import { copyValue } from './copy-value.ts'
import type { EnteredCall } from './enter-app.ts'
import { RemoteError } from './remote-error.ts'

/**
 * Calls a procedure of another application.
 * @param name `places/get`
 * @throws ApiError what the target's pipeline failed with
 * @throws NeemataError NM7302 or NM7303
 */
export async function callApp(name: string, enter: () => Promise<EnteredCall>): Promise<unknown> {
  const { outcome, leave } = await enter()
  leave()
  if (outcome.type === 'error') throw new RemoteError(outcome.error)
  const value = outcome.type === 'value' ? outcome.value : undefined
  return copyValue(value, `The output of ${name}`)
}
