import type { User } from './user.ts'

/** Stands in for whatever issues and verifies tokens elsewhere. */
export const usersByToken: ReadonlyMap<string, User> = new Map([
  ['ada-token', { id: 'ada', name: 'Ada' }],
  ['grace-token', { id: 'grace', name: 'Grace' }],
])
