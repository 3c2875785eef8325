import { threadId } from 'node:worker_threads'

import { defineProcedure } from '@neemata/application'

import { inject } from '../../src/declare/index.ts'
import { defineJob } from '../../src/declare/job.ts'
import type { TestQueue } from '../create-job-system.ts'

/** Where a job ran. */
export const locate = defineJob({ handler: () => ({ pid: process.pid, threadId }) })

/** Adds that job and waits for its end. */
export const locateJob = defineProcedure({
  dependencies: { jobs: inject.jobs },
  handler: async ({ jobs }) => {
    const queue = jobs as unknown as TestQueue
    return queue.wait('home/locate', await queue.add('home/locate'))
  },
})
