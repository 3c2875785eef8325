/** Where an app wants to run; `all` is what an app gets that says nothing. */
export type Placement =
  | 'all'
  | 'inline'
  | { readonly count: number }
  | { readonly slots: readonly number[] }

/** The slots that run an app, ascending, or the gateway's own thread. */
export type Slots = readonly number[] | 'inline'

/**
 * Gives each app its slots. Pinned apps and those that run everywhere come first, since nothing can be
 * chosen for them; the others follow by name, each in the slots that run the fewest apps by then, the
 * lower number first. The order in which the apps are given changes nothing.
 *
 * @param apps What each app wants; within what `threads` allows.
 * @param threads How many slots there are. With 0 every app runs inline.
 */
export function assignSlots(
  apps: ReadonlyMap<string, Placement>,
  threads: number,
): ReadonlyMap<string, Slots> {
  const all = Array.from({ length: threads }, (_, slot) => slot)
  const load = all.map(() => 0)
  const assigned = new Map<string, Slots>()
  const assign = (name: string, slots: readonly number[]): void => {
    for (const slot of slots) load[slot] = (load[slot] ?? 0) + 1
    assigned.set(name, slots)
  }
  const counted: [name: string, count: number][] = []
  for (const [name, placement] of apps) {
    if (placement === 'inline' || threads === 0) assigned.set(name, 'inline')
    else if (placement === 'all') assign(name, all)
    else if ('slots' in placement) assign(name, ascending(new Set(placement.slots)))
    else counted.push([name, placement.count])
  }
  for (const [name, count] of counted.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const leastLoaded = all.toSorted((a, b) => (load[a] ?? 0) - (load[b] ?? 0) || a - b)
    assign(name, ascending(leastLoaded.slice(0, count)))
  }
  return assigned
}

function ascending(slots: Iterable<number>): readonly number[] {
  return [...slots].sort((a, b) => a - b)
}
