// @ts-check
// Builds every package into its dist/: modules by Rollup, declarations by the TypeScript compiler.
// `npm ci` runs this through the root's `prepare`.
import { buildPackage } from './build/build-package.js'
import { packagesInBuildOrder } from './build/packages.js'

const started = performance.now()
for (const name of packagesInBuildOrder) await buildPackage(name)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`built ${packagesInBuildOrder.length} packages in ${seconds} s`)
