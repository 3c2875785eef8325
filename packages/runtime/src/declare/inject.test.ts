import { isDescriptor } from '@neemata/application'
import { expect, test } from 'vitest'

import { inject } from './index.ts'

test('is made of tokens that are recognised by their key', () => {
  for (const [key, token] of Object.entries(inject)) {
    expect(isDescriptor(token, 'injectable')).toBe(true)
    expect(token.source).toMatchObject({ type: 'token', key })
    expect(Object.isFrozen(token)).toBe(true)
  }
})

test('gives loggers with labels', () => {
  const token = inject.logger('orders')
  expect(token).toMatchObject({
    label: "inject.logger('orders')",
    scope: 'global',
    source: { type: 'token', key: 'logger', argument: 'orders' },
  })
  expect(inject.logger.label).toBe('inject.logger')
})
