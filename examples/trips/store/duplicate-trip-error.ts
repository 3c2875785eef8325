/** The user has planned the same trip before. */
export class DuplicateTripError extends Error {
  /** The id of the trip that is there already. */
  readonly tripId: string

  constructor(tripId: string) {
    super('You have planned this trip on this day already.')
    this.name = 'DuplicateTripError'
    this.tripId = tripId
  }
}
