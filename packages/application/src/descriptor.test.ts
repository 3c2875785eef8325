import { expect, test } from 'vitest'

import {
  ApiError,
  defineGuard,
  defineInjectable,
  isDescriptor,
  provide,
} from '@neemata/application'

test('recognises its own descriptors by kind', () => {
  const guard = defineGuard({ handler: () => true })
  expect(isDescriptor(guard, 'guard')).toBe(true)
  expect(isDescriptor(guard, 'filter')).toBe(false)
  expect(isDescriptor(null, 'guard')).toBe(false)
})

test('recognises a descriptor of another copy', () => {
  expect(isDescriptor({ [Symbol.for('neemata.kind')]: 'router' }, 'router')).toBe(true)
})

test('freezes descriptors and their lists', () => {
  const guard = defineGuard({ handler: () => true })
  expect(Object.isFrozen(guard)).toBe(true)
  expect(Object.isFrozen(guard.dependencies)).toBe(true)
})

test('tells the three sources of an injectable', () => {
  expect(defineInjectable({ value: undefined }).source.type).toBe('value')
  expect(defineInjectable({ create: () => 1 }).source.type).toBe('factory')
  const token = defineInjectable<number>({ name: 'answer' })
  expect(token.source.type).toBe('token')
  expect(provide(token, { value: 42 })).toMatchObject({ token })
})

test('recognises an ApiError of another copy, and subclasses as usual', () => {
  class Shipped extends ApiError {}
  const foreign = Object.assign(new Error('x'), { [Symbol.for('neemata.ApiError')]: true })
  expect(foreign).toBeInstanceOf(ApiError)
  expect(new Shipped('conflict')).toBeInstanceOf(ApiError)
  expect(new ApiError('conflict')).not.toBeInstanceOf(Shipped)
  expect(new Error('x')).not.toBeInstanceOf(ApiError)
})
