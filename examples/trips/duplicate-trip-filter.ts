import { ApiError, defineFilter } from 'neemata'

import { DuplicateTripError } from './store/duplicate-trip-error.ts'

export const duplicateTripFilter = defineFilter({
  error: DuplicateTripError,
  handler: (_, error) => new ApiError('conflict', error.message, { id: error.tripId }),
})
