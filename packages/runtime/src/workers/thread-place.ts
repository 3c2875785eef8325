import type { StoreAddress } from '../stores/store.ts'

/** What a worker thread is for. */
export type ThreadPlace =
  | { readonly kind: 'slot'; readonly slot: number }
  | { readonly kind: 'pool'; readonly pool: string; readonly index: number }

/** What a worker thread is given when it is made. */
export interface ThreadData {
  readonly place: ThreadPlace
  /** How to reach the jobs; absent in a system without jobs. */
  readonly store: StoreAddress | undefined
  /** The channel on which the threads of this process tell each other events. */
  readonly events: string
}

/** `slot 0`, `pool io 1`. */
export function describePlace(place: ThreadPlace): string {
  return place.kind === 'slot' ? `slot ${place.slot}` : `pool ${place.pool} ${place.index}`
}
