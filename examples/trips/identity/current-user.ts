import { defineInjectable, inject } from 'neemata'

import { User } from './user.ts'

/**
 * The user for whom a call is made, if there is one. In a call from another application the identity is
 * what that one resolved; one that is no user here is nobody.
 */
export const currentUser = defineInjectable({
  name: 'current user',
  scope: 'connection',
  dependencies: { identity: inject.identity },
  create: ({ identity }) => User.optional().catch(undefined).parse(identity),
})
