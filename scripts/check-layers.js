// @ts-check
// Checks who may import whom. Run by `npm run check`; the rules and their reasons are in layering/rules.js.
import path from 'node:path'

import { checkLayers } from './layering/check-layers.js'

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '..'))
const { modules, violations } = await checkLayers(root)
for (const { at, message, reason } of violations) console.error(`${at} ${message}\n  ${reason}`)
if (violations.length > 0) {
  console.error(`layers: ${violations.length} violations in ${modules} modules`)
  process.exitCode = 1
} else {
  console.log(`layers: ${modules} modules, no violations`)
}
