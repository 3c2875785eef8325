import { defineCommand } from 'neemata'

export const seed = defineCommand({ handler: () => 'seeded' })
