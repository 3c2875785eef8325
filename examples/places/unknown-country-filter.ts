import { ApiError, defineFilter } from 'neemata'

import { UnknownCountryError } from './gazetteer/unknown-country-error.ts'

export const unknownCountryFilter = defineFilter({
  error: UnknownCountryError,
  handler: (_, error) => new ApiError('bad_request', error.message, { country: error.code }),
})
