import { ApiError, defineInjectable, inject } from 'neemata'

import { readBearerToken } from './bearer-token.ts'
import type { User } from './user.ts'
import { usersByToken } from './users-by-token.ts'

/**
 * Who is calling: the user of the bearer token, or nobody where there is none. A token that is wrong is
 * refused, so that a caller with an expired one is not taken for a stranger with no trips.
 */
export const identity = defineInjectable({
  name: 'identity',
  scope: 'connection',
  dependencies: { connection: inject.connection },
  create({ connection }): User | undefined {
    const { authorization } = connection.headers
    if (authorization === undefined) return undefined
    const user = usersByToken.get(readBearerToken(authorization) ?? '')
    if (user === undefined) throw new ApiError('unauthenticated', 'The token is not valid.')
    return user
  },
})
