import { runWorker } from '../../src/index.ts'
import { createThreadedParts } from '../threads/threaded-parts.ts'

await runWorker(() => createThreadedParts(), { mode: 'production' })
