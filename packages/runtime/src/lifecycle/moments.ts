import type { HookName } from '@neemata/application'

/** A moment of a process's life, as opposed to that of a session. */
export type Phase = Exclude<HookName, 'connect' | 'disconnect'>

/** The moments in the order in which a process passes them. docs/lifecycle.md shows the same list. */
export const moments: readonly Phase[] = [
  'initialize:before',
  'container:ready',
  'initialize:after',
  'start:before',
  'start:after',
  'stop:before',
  'stop:after',
  'dispose:before',
  'dispose:after',
]

/** What a moment of the way down undoes; it is passed only if that was reached. */
export const counterparts: Readonly<Partial<Record<Phase, Phase>>> = {
  'stop:before': 'start:after',
  'stop:after': 'start:before',
  'dispose:before': 'container:ready',
  'dispose:after': 'initialize:before',
}

/** Whether values can be resolved at that moment. */
export function hasValues(moment: HookName): boolean {
  return moment !== 'initialize:before' && moment !== 'dispose:after'
}
