import { ApiError } from 'neemata'

import type { User } from './user.ts'

/** The user, where there has to be one. */
export function requireUser(user: User | undefined): User {
  if (user === undefined) {
    throw new ApiError('unauthenticated', 'Send a token: "Authorization: Bearer …".')
  }
  return user
}
