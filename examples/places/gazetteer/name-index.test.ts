import { expect, test } from 'vitest'

import { createNameIndex } from './name-index.ts'

const names = [
  'New York City',
  'York',
  'Xi’an',
  'San Salvador',
  'Santiago',
  'Newark',
  'Baden-Baden',
]
const index = createNameIndex(names)

const find = (text: string, limit = 10) =>
  index.find({ text, limit }).map((position) => names[position])

test('finds names by an unfinished word', () => {
  expect(find('sa')).toEqual(['San Salvador', 'Santiago'])
  expect(find('NEW')).toEqual(['New York City', 'Newark'])
})

test('puts the exact name first', () => {
  expect(find('york')).toEqual(['York', 'New York City'])
})

test('lets only the last word be unfinished', () => {
  expect(find('san s')).toEqual(['San Salvador'])
  expect(find('ne york')).toEqual([])
})

test('takes the words in any order', () => {
  expect(find('york new')).toEqual(['New York City'])
})

test('finds a name without its apostrophe', () => {
  expect(find('xian')).toEqual(['Xi’an'])
  expect(find("xi'an")).toEqual(['Xi’an'])
})

test('lists a name with a repeated word once', () => {
  expect(find('baden')).toEqual(['Baden-Baden'])
})

test('keeps the given order and limit', () => {
  expect(find('new', 1)).toEqual(['New York City'])
})

test('leaves out what is not accepted', () => {
  expect(index.find({ text: 'new', limit: 5, accept: (position) => position > 0 })).toEqual([5])
})

test('finds nothing for punctuation or strangers', () => {
  expect(find('—')).toEqual([])
  expect(find('zzz')).toEqual([])
})
