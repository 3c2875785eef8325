import { expect, test } from 'vitest'
import { readSummary } from './read-summary.ts'

test('is the same after a trip through JSON', () => {
  const summary = readSummary(
    'a.ts',
    `import { a } from './b'\nexport const { x, ...rest } = a({ y: [1, ...a] }) as const\nexport * from './c'`,
  )
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
})

test('counts positions from tokens, not comments', () => {
  const text = `/** Says hello. */\nexport const /* the */ hello = 1`
  const summary = readSummary('a.ts', text)
  expect(summary.declarations['hello']?.at).toBe(text.indexOf('hello ='))
  expect(summary.lines).toEqual([0, 19])
})

test.each([
  ['a\nb', [0, 2]],
  ['a\r\nb', [0, 3]],
  ['a\rb', [0, 2]],
  ['', [0]],
])('finds the lines of %j', (text, lines) => {
  expect(readSummary('a.ts', text).lines).toEqual(lines)
})

test('keeps neither handlers nor what only they use', () => {
  const summary = readSummary(
    'a.ts',
    `import { defineProcedure as p } from 'neemata'
const secret = table(1)
export const get = p({ input: secret, readonly: true, handler() { return secret } })`,
  )
  expect(Object.keys(summary.declarations)).toEqual(['get'])
  expect(JSON.stringify(summary)).not.toContain('secret')
})

test('reports the first syntax error with its place', () => {
  const { syntaxError } = readSummary('a.ts', 'const a = 1\nconst = 2\nconst = 3')
  expect(syntaxError).toMatchObject({ at: 18, end: 19 })
})

test('reads JSX by the name of the file', () => {
  expect(readSummary('a.tsx', 'export const a = <b />').syntaxError).toBeUndefined()
  expect(readSummary('a.ts', 'export const a = <b />').syntaxError).toBeDefined()
})

test.each([
  ['x.y = 1', 1],
  ['x["y"] += 1', 1],
  ['(x as any).y.z++', 1],
  ['delete x!.y', 1],
  ['[x.y] = [1]', 1],
  ['({ a: x.y, ...x.z } = { a: 1 })', 2],
  ['for (x.y of [1]);', 1],
  ['x.list.push(1)', 1],
  ['Reflect.set(x, "y", 1)', 1],
  ['function later() { x.y = 1 }', 1],
  ['await use(x)', 2],
  ['console.log(x)', 0],
  ['x.y', 0],
  ['x.y === 1', 0],
  ['function later(x: any) { x.y = 1 }', 0],
  ['const later = ({ a: [x] }) => { x.y = 1 }', 0],
  ['function later() { const x: any = {}; x.y = 1 }', 0],
  ['for (const x of []) { x.y = 1 }', 0],
  ['try {} catch (x) { x.y = 1 }', 0],
  ['const other: any = {}; other.x = 1', 0],
])('finds the changes of x in %j', (statement, count) => {
  const { mutations } = readSummary('a.ts', `export const x: any = {};\n${statement}`)
  expect(mutations.filter(({ root }) => root === 'x')).toHaveLength(count)
})
