import { defineApplication, defineRouter } from 'neemata'

import { get } from './get.ts'

const version = `v${Number(process.env.API_VERSION)}`

export default defineApplication({
  router: defineRouter({ [version]: { get } }),
})
