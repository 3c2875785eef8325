import { runProcess } from '../../src/index.ts'
import { createThreadedParts } from '../threads/threaded-parts.ts'

await runProcess(() => createThreadedParts(), {
  mode: 'production',
  worker: new URL(`./${process.env['WORKER'] ?? 'threaded-worker'}.mjs`, import.meta.url),
  restart: { attempts: 2, delay: 200, longestDelay: 200, stableAfter: 60_000 },
})
