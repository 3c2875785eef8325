import { expectTypeOf, test } from 'vitest'

import { createClient } from '@neemata/client'

import type { Contract } from '../test/contract.ts'

const client = createClient<Contract>({ url: 'http://127.0.0.1' })

test('is typed exactly by the contract', () => {
  expectTypeOf(client).toEqualTypeOf<Contract>()
  expectTypeOf(client.fixture.read.echo).parameter(0).toEqualTypeOf<{ readonly at: Date }>()
  expectTypeOf(client.fixture.wait()).resolves.toEqualTypeOf<string>()
})

test('takes a signal and a timeout', () => {
  void client.fixture.wait(undefined, { signal: new AbortController().signal, timeout: 5 })
  // @ts-expect-error: a timeout is a number of milliseconds
  void client.fixture.wait(undefined, { timeout: '5s' })
})

test('refuses a wrong input', () => {
  // @ts-expect-error: a date, not a string
  void client.fixture.read.echo({ at: '2020-01-01' })
  // @ts-expect-error: the input is missing
  void client.fixture.read.echo()
  // @ts-expect-error: no such field
  void client.fixture.read.echo({ at: new Date(), extra: 1 })
})

test('refuses an unknown procedure', () => {
  // @ts-expect-error: no such procedure
  void client.fixture.missing()
  // @ts-expect-error: no such app
  void client.nobody
})

test('refuses unknown options', () => {
  createClient<Contract>({ url: new URL('http://a.test'), headers: async () => ({ a: undefined }) })
  // @ts-expect-error: no such option
  createClient<Contract>({ url: '', retries: 3 })
  // @ts-expect-error: no such format
  createClient<Contract>({ url: '', format: 'xml' })
  // @ts-expect-error: a client needs a URL
  createClient<Contract>({})
})
