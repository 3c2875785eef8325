// @ts-check
/** Dependencies first: a package's declarations are checked against the built ones of those it imports. */
export const packagesInBuildOrder = /** @type {const} */ ([
  'application',
  'gateway',
  'runtime',
  'client',
  'compiler',
  'neemata',
])
