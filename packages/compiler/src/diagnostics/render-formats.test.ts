import { expect, test } from 'vitest'

import { createDiagnostic } from './create-diagnostic.ts'
import type { SourcePlace } from './diagnostic.ts'
import { renderGithub } from './render-github.ts'
import { renderJson } from './render-json.ts'
import { sortByPlace } from './sort-by-place.ts'
import { hasErrors, renderSummary } from './summary.ts'

const place: SourcePlace = { file: 'a,b.ts', line: 2, column: 3, endLine: 2, endColumn: 9 }
const related = [{ message: 'See here.', at: { file: 'c.ts', line: 1, column: 1 } }]
const error = createDiagnostic('NM1020', {
  message: '100%\nwrong',
  hint: 'Fix it.',
  at: place,
  related,
})

test('renders one JSON document', () => {
  expect(JSON.parse(renderJson([error]))).toEqual({
    errors: 1,
    warnings: 0,
    diagnostics: [JSON.parse(JSON.stringify(error))],
  })
})

test('renders annotations of GitHub', () => {
  expect(renderGithub([error], { root: '/repo/services', workspace: '/repo' })).toBe(
    '::error file=services/a%2Cb.ts,line=2,endLine=2,col=3,endColumn=9,title=NM1020::100%25%0Awrong%0AFix it.%0Ac.ts:1:1 See here.\n',
  )
})

test('leaves columns out of spans of several lines', () => {
  const long = createDiagnostic('NM1020', { message: 'm', hint: 'h', at: { ...place, endLine: 4 } })
  expect(renderGithub([long], { root: '/repo' })).toBe(
    '::error file=a%2Cb.ts,line=2,endLine=4,title=NM1020::m%0Ah\n',
  )
})

test('renders an annotation without a place', () => {
  const none = createDiagnostic('NM1001', { message: 'm', hint: 'h' })
  expect(renderGithub([none], { root: '/repo' })).toBe('::error title=NM1001::m%0Ah\n')
})

test('counts errors and warnings', () => {
  const warning = { ...error, severity: 'warning' as const }
  expect(renderSummary([])).toBe('no errors')
  expect(renderSummary([error])).toBe('1 error')
  expect(renderSummary([warning, warning])).toBe('2 warnings')
  expect(hasErrors([warning])).toBe(false)
  expect(hasErrors([warning, error])).toBe(true)
})

test('sorts by place, one file first', () => {
  const places = ['z.ts:1:1', 'a.ts:2:1', 'm.ts:1:9', 'm.ts:1:2', 'a.ts:1:5']
  const sorted = sortByPlace(
    places.map((text) => {
      const [file = '', line, column] = text.split(':')
      const at = { file, line: Number(line), column: Number(column) }
      return createDiagnostic('NM1020', { message: text, at })
    }),
    'm.ts',
  )
  expect(sorted.map(({ message }) => message)).toEqual([
    'm.ts:1:2',
    'm.ts:1:9',
    'a.ts:1:5',
    'a.ts:2:1',
    'z.ts:1:1',
  ])
})
