/** Somebody asked for the places of a country that does not exist. */
export class UnknownCountryError extends Error {
  readonly code: string

  constructor(code: string) {
    super(`No country has the ISO 3166-1 alpha-2 code "${code}".`)
    this.name = 'UnknownCountryError'
    this.code = code
  }
}
