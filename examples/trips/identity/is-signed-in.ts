import { defineGuard } from 'neemata'

import { currentUser } from './current-user.ts'
import { requireUser } from './require-user.ts'

export const isSignedIn = defineGuard({
  dependencies: { user: currentUser },
  handler({ user }) {
    requireUser(user)
  },
})
