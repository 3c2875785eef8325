import { expect, test } from 'vitest'

import { renderConfigDocs } from './render-config-docs.ts'
import { renderOptionTypes } from './render-option-types.ts'

const docs = new URL('../../../../../docs/', import.meta.url).pathname

test('docs/config.md is what the schema says', async () => {
  await expect(renderConfigDocs()).toMatchFileSnapshot(`${docs}config.md`)
})

test('the types of the options are what the schema says', async () => {
  await expect(renderOptionTypes()).toMatchFileSnapshot('../declare/runtime-options.ts')
})
