import { defineJob } from 'neemata'

export default defineJob({ handler: () => 'reindexed' })
