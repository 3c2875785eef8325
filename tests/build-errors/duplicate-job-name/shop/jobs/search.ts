import { defineJob } from 'neemata'

export const suggest = defineJob({ handler: () => 'suggested' })
export const reindex = defineJob({ handler: () => 'reindexed' })
