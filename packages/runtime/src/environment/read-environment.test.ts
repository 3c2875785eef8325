import { expect, expectTypeOf, test } from 'vitest'

import { NeemataError } from '../errors/neemata-error.ts'
import { readEnvironment } from './read-environment.ts'

test('reads every type', () => {
  const values = readEnvironment(
    {
      name: { name: 'NAME', type: 'string', optional: false },
      ratio: { name: 'RATIO', type: 'number', optional: false },
      port: { name: 'PORT', type: 'port', default: 3000, optional: false },
      url: { name: 'URL', type: 'url', optional: true },
      debug: { name: 'DEBUG', type: 'boolean', optional: false },
      level: { name: 'LEVEL', type: 'enum', values: ['info', 'warn'], optional: false },
    },
    { NAME: 'shop', RATIO: '-1.5e3', URL: 'redis://x:6379', DEBUG: 'true', LEVEL: 'warn' },
  )
  expect(values).toEqual({
    name: 'shop',
    ratio: -1500,
    port: 3000,
    url: 'redis://x:6379',
    debug: true,
    level: 'warn',
  })
  expectTypeOf(values.port).toEqualTypeOf<number>()
  expectTypeOf(values.url).toEqualTypeOf<string | undefined>()
  expectTypeOf(values.debug).toEqualTypeOf<boolean>()
  expectTypeOf(values.level).toEqualTypeOf<'info' | 'warn'>()
})

test('takes an empty variable for an absent one', () => {
  const port = { name: 'PORT', type: 'port', default: 8080, optional: false } as const
  expect(readEnvironment({ port }, { PORT: '' })).toEqual({ port: 8080 })
  const url = { name: 'URL', type: 'url', optional: true } as const
  expect(readEnvironment({ url }, {})).toEqual({ url: undefined })
})

test('reports everything at once', () => {
  const read = () =>
    readEnvironment(
      {
        'transports.http.port': { name: 'PORT', type: 'port', default: 1, optional: false },
        'redis.url': { name: 'REDIS_URL', type: 'url', optional: false },
        'apps.a.key': { name: 'KEY', type: 'string', optional: false },
        'logging.level': { name: 'LEVEL', type: 'enum', values: ['info'], optional: true },
      },
      { PORT: '70000', REDIS_URL: 'secret', LEVEL: 'loud' },
    )
  expect(read).toThrow(NeemataError)
  expect(read).toThrowErrorMatchingInlineSnapshot(`
    [NeemataError: In the environment 4 variables are missing or wrong:
      PORT holds "70000"; expected a port, 0 to 65535, for transports.http.port
      REDIS_URL holds something else (6 characters); expected an absolute URL, for redis.url
      KEY is not set; expected a text, for apps.a.key
      LEVEL holds "loud"; expected one of info, for logging.level]
  `)
})

test('refuses numbers and booleans that are none', () => {
  for (const text of ['abc', '1x', 'Infinity', ' ', 'true']) {
    expect(() =>
      readEnvironment({ n: { name: 'N', type: 'number', optional: false } }, { N: text }),
    ).toThrow(JSON.stringify(text))
  }
  for (const text of ['-1', '65536', '3.5', '0x10']) {
    expect(() =>
      readEnvironment({ n: { name: 'N', type: 'port', optional: false } }, { N: text }),
    ).toThrow('a port, 0 to 65535')
  }
  expect(() =>
    readEnvironment({ n: { name: 'N', type: 'boolean', optional: false } }, { N: 'yes' }),
  ).toThrow('true or false')
})
