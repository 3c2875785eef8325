import { assignSlots, type Placement, type Slots } from '../placement/assign-slots.ts'
import { appSchema } from '../schema/apps.ts'
import type { ResolveContext } from './resolve-context.ts'

/**
 * The slots of each app, computed from its `workers` and from the number of threads. Apps that answer
 * no calls have none. What doesn't fit the threads is reported.
 */
export function resolveSlots(
  context: ResolveContext,
  options: { readonly apps: readonly string[]; readonly threads: number },
): ReadonlyMap<string, Slots> {
  const placements = new Map<string, Placement>()
  const slots = new Map<string, Slots>()
  for (const name of options.apps) {
    const app = appSchema.safeParse(context.value(['apps', name])).data
    if (app === undefined) continue
    if (typeof app === 'object' && app.type === 'worker') {
      slots.set(name, [])
      continue
    }
    const placement = (typeof app === 'object' ? app.workers : undefined) ?? 'all'
    if (fits(context, { name, placement, threads: options.threads })) {
      placements.set(name, placement)
    }
  }
  for (const [name, assigned] of assignSlots(placements, options.threads)) {
    slots.set(name, assigned)
  }
  return slots
}

interface Request {
  readonly name: string
  readonly placement: Placement
  readonly threads: number
}

function fits(context: ResolveContext, { name, placement, threads }: Request): boolean {
  if (typeof placement === 'string') return true
  const path = ['apps', name, 'workers']
  if (threads === 0) {
    const what =
      'count' in placement ? `asks for ${slotCount(placement.count)}` : 'is pinned to slots'
    context.report('NM1062', {
      path,
      message: `The app ${name} ${what}, but workers.api.threads is 0.`,
    })
    return false
  }
  if ('count' in placement) {
    if (placement.count <= threads) return true
    context.report('NM1061', {
      path: [...path, 'count'],
      message: `The app ${name} asks for ${slotCount(placement.count)}, and there ${threads === 1 ? 'is' : 'are'} ${threads}.`,
      hint: `Ask for at most ${threads}, or raise workers.api.threads.`,
    })
    return false
  }
  const outside = placement.slots.flatMap((slot, index) => (slot < threads ? [] : [[slot, index]]))
  for (const [slot, index = 0] of outside) {
    context.report('NM1060', {
      path: [...path, 'slots', index],
      message: `There is no slot ${slot}.`,
      hint: `${describeSlots(threads)} Pin the app to one that exists, or raise workers.api.threads.`,
    })
  }
  return outside.length === 0
}

function slotCount(count: number): string {
  return count === 1 ? '1 slot' : `${count} slots`
}

function describeSlots(threads: number): string {
  return threads === 1 ? 'The only slot is 0.' : `The slots are 0 to ${threads - 1}.`
}
