import { ApiError, defineFilter } from 'neemata'

import { UnknownPlaceError } from './gazetteer/unknown-place-error.ts'

/** The gazetteer knows nothing of HTTP or of error codes; this is where its error gets one. */
export const unknownPlaceFilter = defineFilter({
  error: UnknownPlaceError,
  handler: (_, error) => new ApiError('not_found', error.message, { id: error.id }),
})
