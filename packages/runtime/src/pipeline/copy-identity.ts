import { NeemataError } from '../errors/neemata-error.ts'

/**
 * A copy of an identity, for another application.
 * @throws NeemataError NM7301 if it isn't plain data
 */
export function copyIdentity(identity: unknown, app: string): unknown {
  try {
    return structuredClone(identity)
  } catch (cause) {
    throw new NeemataError(
      'NM7301',
      `The identity that the application of "${app}" resolved is not plain data.`,
      { cause },
    )
  }
}
