import { expect, test } from 'vitest'

import { type Placeable, placePackages } from './place-packages.ts'

function place(graph: Record<string, readonly string[]>, roots: readonly string[]) {
  const packages = new Map<string, Placeable>(
    Object.entries(graph).map(([key, dependencies]) => [
      key,
      { name: key.split('@')[0]!, dependencies: new Set(dependencies) },
    ]),
  )
  const { targets, conflicts } = placePackages({
    packages,
    roots: roots.map((folder) => ({ name: folder.split('@')[0]!, folder })),
  })
  return { targets: Object.fromEntries(targets), conflicts }
}

test('places everything at the top', () => {
  const { targets } = place({ 'a@1': ['b@1'], 'b@1': ['c@1', 'a@1'], 'c@1': [] }, ['a@1'])
  expect(targets).toEqual({ a: 'a@1', b: 'b@1', c: 'c@1' })
})

test('nests another version below its user', () => {
  const { targets } = place(
    { 'a@1': ['b@2'], 'b@1': [], 'b@2': ['c@2'], 'c@1': [], 'c@2': ['b@2'] },
    ['a@1', 'b@1', 'c@1'],
  )
  expect(targets).toEqual({
    a: 'a@1',
    b: 'b@1',
    c: 'c@1',
    'a/node_modules/b': 'b@2',
    'a/node_modules/b/node_modules/c': 'c@2',
  })
})

test('lets no nested version hide another', () => {
  const { targets } = place(
    { 'a@1': ['c@2', 'b@2'], 'b@1': [], 'b@2': [], 'c@1': [], 'c@2': ['b@1'] },
    ['a@1', 'b@1', 'c@1'],
  )
  expect(targets['a/node_modules/c/node_modules/b']).toBe('b@1')
})

test('names what cannot lie side by side', () => {
  expect(place({ 'a@1': [], 'a@2': [] }, ['a@1', 'a@2']).conflicts).toEqual(['a'])
})
