import { expect, test } from 'vitest'

import { formatOf, negotiateFormat } from '@neemata/gateway/formats'

test.each([
  [undefined, 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['application/neemata+json', 'application/neemata+json'],
  ['APPLICATION/NEEMATA+JSON', 'application/neemata+json'],
  ['application/*', 'application/json'],
  ['application/neemata+json, */*', 'application/neemata+json'],
  ['application/neemata+json, application/json', 'application/neemata+json'],
  ['application/json, application/neemata+json', 'application/json'],
  ['application/json;q=0.5, application/neemata+json', 'application/neemata+json'],
  ['application/neemata+json;q=0.1, application/*;q=0.2', 'application/json'],
  ['application/json;q=0, */*', 'application/neemata+json'],
  ['text/html, application/xhtml+xml, */*;q=0.8', 'application/json'],
  ['application/json; charset=utf-8; q=1.0', 'application/json'],
  ['text/html', undefined],
  ['application/json;q=0', undefined],
  ['application/json;q=high', undefined],
  ['*/*;q=0', undefined],
  [', ,', undefined],
])('answers Accept %s with %s', (accept, expected) => {
  expect(negotiateFormat(accept)?.contentType).toBe(expected)
})

test.each([
  ['application/json', 'application/json'],
  ['Application/JSON; Charset="UTF-8"', 'application/json'],
  ['application/neemata+json;charset=utf-8', 'application/neemata+json'],
  ['application/json; charset=latin1', undefined],
  ['text/plain', undefined],
  ['application/json, application/json', undefined],
  ['json', undefined],
  ['', undefined],
])('reads Content-Type %s as %s', (contentType, expected) => {
  expect(formatOf(contentType)?.contentType).toBe(expected)
})
