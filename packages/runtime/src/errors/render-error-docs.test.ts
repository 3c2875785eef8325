import { expect, test } from 'vitest'

import { catalogue } from './catalogue.ts'
import { NeemataError } from './neemata-error.ts'
import { renderErrorDocs } from './render-error-docs.ts'

test('keeps docs/errors.md in step', async () => {
  await expect(renderErrorDocs()).toMatchFileSnapshot('../../../../docs/errors.md')
})

test('brings the remedy of its code', () => {
  const cause = new Error('x')
  expect(new NeemataError('NM7201', 'm', { cause })).toMatchObject({
    message: 'm',
    hint: catalogue.NM7201.fix,
    cause,
  })
  expect(new NeemataError('NM7201', 'm', { hint: 'other' }).hint).toBe('other')
  expect('cause' in new NeemataError('NM7201', 'm')).toBe(false)
})
