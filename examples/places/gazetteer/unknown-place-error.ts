/** Somebody asked for a place that is not in the gazetteer. */
export class UnknownPlaceError extends Error {
  readonly id: number

  constructor(id: number) {
    super(`There is no place with the id ${id}.`)
    this.name = 'UnknownPlaceError'
    this.id = id
  }
}
