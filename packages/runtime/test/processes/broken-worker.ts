import { runWorker } from '../../src/index.ts'
import { createThreadedParts } from '../threads/threaded-parts.ts'

await runWorker(
  () => {
    const { registry, config } = createThreadedParts()
    const { front, ...others } = registry.apps
    const application = () => Promise.reject(new Error('the module is broken'))
    const apps = { ...others, front: { ...front!, application } }
    return { registry: { ...registry, apps }, config }
  },
  { mode: 'production' },
)
