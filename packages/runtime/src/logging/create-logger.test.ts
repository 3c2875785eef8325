import { expect, test } from 'vitest'

import { createLogger } from './create-logger.ts'
import { createPrettyDestination } from './pretty.ts'

function collect(): { lines: string[]; write(line: string): void } {
  const lines: string[] = []
  return { lines, write: (line) => void lines.push(line) }
}

test('writes JSON with a level word and ISO time', () => {
  const output = collect()
  const logger = createLogger({ level: 'info' }, output)
  logger.child({ app: 'shop' }).warn({ order: 1 }, 'late')
  logger.debug('unseen')
  expect(output.lines).toHaveLength(1)
  const line = JSON.parse(output.lines[0] ?? '') as Record<string, unknown>
  expect(line).toMatchObject({
    level: 'warn',
    app: 'shop',
    order: 1,
    msg: 'late',
    pid: process.pid,
  })
  expect(new Date(String(line['time'])).toISOString()).toBe(line['time'])
})

test('writes the causes of errors', () => {
  const output = collect()
  createLogger({ level: 'info' }, output).error(new Error('outer', { cause: new Error('inner') }))
  expect(output.lines[0]).toContain('caused by: Error: inner')
})

test('writes readable lines at once', () => {
  const output = collect()
  const logger = createLogger(
    { level: 'info' },
    createPrettyDestination({ colorize: false, output }),
  )
  logger.error({ err: new Error('broken'), app: 'shop' }, 'call failed')
  expect(output.lines.join('')).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] ERROR: call failed/)
  expect(output.lines.join('')).toContain('app: "shop"')
  expect(output.lines.join('')).toContain('at ')
})
