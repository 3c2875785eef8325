import { expect, onTestFinished, test } from 'vitest'

import { createDeferred } from '../../test/create-deferred.ts'
import { createJobSystem } from '../../test/create-job-system.ts'
import { durableStores } from '../../test/job-stores.ts'
import { inject } from '../declare/inject.ts'
import { defineJob } from '../declare/job.ts'

test.each(durableStores)('a stopping process gives jobs back to %s', async (_, prepare) => {
  const { place, remove } = await prepare()
  onTestFinished(remove)
  const begun = createDeferred<void>()
  const attempts: number[] = []
  const slow = defineJob({
    dependencies: { signal: inject.signal },
    handler({ signal }, _, { attempt }) {
      attempts.push(attempt)
      if (attempts.length > 1) return 'done'
      begun.resolve()
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      )
    },
  })
  const first = createJobSystem({ jobs: { slow }, ...place })
  await first.runtime.start()
  const id = await (await first.jobs()).add('app/slow')
  await begun.promise
  await first.runtime.stop({ timeout: 1_500 })

  const second = createJobSystem({ jobs: { slow }, ...place })
  onTestFinished(() => second.runtime.stop())
  await second.runtime.start()

  expect(await (await second.jobs()).wait('app/slow', id)).toBe('done')
  expect(attempts).toEqual([1, 1])
})
