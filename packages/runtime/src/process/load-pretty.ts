import type { LogDestination } from '../logging/log-destination.ts'
import type * as Pretty from '../logging/pretty.ts'

/**
 * The readable log of development. Resolved at run time, so that a bundle, which is for production,
 * doesn't take it along; where it isn't installed the log stays JSON.
 */
export async function loadPretty(): Promise<LogDestination | undefined> {
  try {
    const url = import.meta.resolve('@neemata/runtime/pretty')
    const { createPrettyDestination } = (await import(/* @vite-ignore */ url)) as typeof Pretty
    return createPrettyDestination()
  } catch {
    return undefined
  }
}
