import { stripVTControlCharacters } from 'node:util'

import { expect, test } from 'vitest'

import { createDiagnostic, type DiagnosticDetails } from './create-diagnostic.ts'
import { displayWidth } from './display-text.ts'
import { renderText, type RenderTextOptions } from './render-text.ts'

const sources: Readonly<Record<string, string>> = {
  '/p/neemata.config.ts': `export default defineRuntime({
  apps: {},
\tlimits: { bodysize: 1 },
  漢字: '😀', x: 2,
  long: '${'a'.repeat(150)}', mark: 3, rest: '${'b'.repeat(150)}',
  esc: '\x1b[31m\u202e', y: 1,
})
`,
}

function render(
  details: Partial<DiagnosticDetails>,
  options: Partial<RenderTextOptions> = {},
): string {
  const diagnostic = createDiagnostic('NM1020', {
    message: 'There is no such option.',
    hint: 'Did you mean x?',
    ...details,
  })
  const readSource = (file: string): string | undefined => sources[file]
  return renderText([diagnostic], { root: '/p', readSource, ...options })
}

function at(line: number, column: number, endColumn?: number): DiagnosticDetails['at'] {
  const file = 'neemata.config.ts'
  return endColumn ? { file, line, column, endLine: line, endColumn } : { file, line, column }
}

test('shows place, frame, mark and hint', () => {
  expect(render({ at: at(2, 3, 7) }))
    .toBe(`neemata.config.ts:2:3 error NM1020 There is no such option.
  1 | export default defineRuntime({
> 2 |   apps: {},
    |   ^^^^
  3 |   limits: { bodysize: 1 },
  4 |   漢字: '😀', x: 2,
  Did you mean x?

1 error
`)
})

test('says nothing about nothing', () => {
  expect(renderText([], { root: '/p' })).toBe('')
})

test('shows a diagnostic without a place', () => {
  expect(render({})).toBe('error NM1020 There is no such option.\n  Did you mean x?\n\n1 error\n')
})

test('shows a place in a file that is gone', () => {
  const text = render({ at: { file: 'gone.ts', line: 1, column: 1 } })
  expect(text).toMatch(/^gone\.ts:1:1 error NM1020 There is no such option\.\n {2}Did you mean/)
})

test('marks columns behind tabs and wide characters', () => {
  expect(markOf(render({ at: at(3, 12, 20) }))).toBe('bodysize')
  expect(markOf(render({ at: at(4, 13, 14) }))).toBe('x')
})

test('marks one column where no end is known', () => {
  expect(markOf(render({ at: at(2, 3) }))).toBe('a')
  expect(render({ at: at(2, 12) })).toContain('> 2 |   apps: {},\n    |            ^\n')
})

test('marks the first line of a span of several', () => {
  const place = { file: 'neemata.config.ts', line: 1, column: 16, endLine: 7, endColumn: 3 }
  expect(markOf(render({ at: place }))).toBe('defineRuntime({')
})

test.each([40, 80, 200])('cuts long lines around the mark at %i columns', (columns) => {
  const column = (sources['/p/neemata.config.ts']?.split('\n')[4]?.indexOf('mark') ?? 0) + 1
  const text = render({ at: at(5, column, column + 4) }, { columns })
  expect(markOf(text)).toBe('mark')
  expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(columns)
})

test.each([80, 200])('wraps messages to %i columns', (columns) => {
  const sentence = 'This sentence of words goes on and on. '.repeat(12).trim()
  const text = render({ at: at(2, 3), message: sentence, hint: sentence }, { columns })
  const widths = text.split('\n').map(displayWidth)
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
  expect(Math.max(...widths)).toBeGreaterThan(columns - 12)
  expect(text.replace(/\s+/g, ' ')).toContain(sentence)
})

test('writes control characters out', () => {
  const text = render({ at: at(6, 3), message: 'a\x1b[2Jb\u202ec\nnext line' })
  expect(text).not.toContain('\x1b')
  expect(text).not.toContain('\u202e')
  expect(text).toContain("esc: '\\x1b[31m\\u202e', y: 1,")
  expect(text).toContain('a\\x1b[2Jb\\u202ec\n  next line')
})

test('shows related places', () => {
  const related = [{ message: 'It is declared here.', at: at(2, 3, 7) as never }]
  expect(render({ at: at(3, 2), related })).toContain(`  neemata.config.ts:2:3 It is declared here.
> 2 |   apps: {},
    |   ^^^^
`)
})

test('colours only where asked to', () => {
  const plain = render({ at: at(2, 3, 7) })
  const colored = render({ at: at(2, 3, 7) }, { color: true })
  expect(colored).not.toBe(plain)
  expect(stripVTControlCharacters(colored)).toBe(plain)
})

test('ends with the totals', () => {
  const error = createDiagnostic('NM1020', { message: 'a' })
  const warning = { ...error, severity: 'warning' as const }
  expect(renderText([error, warning, error], { root: '/p' })).toMatch(/\n2 errors, 1 warning\n$/)
})

/** What stands above the mark. */
function markOf(text: string): string {
  const lines = text.split('\n')
  const index = lines.findIndex((line) => line.includes('^'))
  const mark = lines[index] ?? ''
  const [start, end] = [mark.indexOf('^'), mark.lastIndexOf('^') + 1]
  let column = 0
  let marked = ''
  for (const character of lines[index - 1] ?? '') {
    if (column >= start && column < end) marked += character
    column += displayWidth(character)
  }
  return marked
}
