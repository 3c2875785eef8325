import path from 'node:path'

/** The root of this repository. */
export const repository: string = path.resolve(import.meta.dirname, '../..')

/** The committed `neemata` bin, which runs the built command line. */
export const neemata: string = path.join(repository, 'packages/neemata/bin/neemata.js')
