import { expect, test } from 'vitest'

import { fold } from './fold.ts'

test.each([
  ['Zürich', 'zurich'],
  ['São Tomé', 'sao tome'],
  ['Łódź', 'lodz'],
  ['İstanbul', 'istanbul'],
  ['Saint-Denis', 'saint denis'],
  ['Zürich (Kreis 11) / Oerlikon', 'zurich kreis 11 oerlikon'],
  ['Strøby Egede', 'stroby egede'],
  ['  St.  Louis ', 'st louis'],
  ['Москва', 'москва'],
  ['— · —', ''],
])('folds %s to "%s"', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

test('changes nothing when folding twice', () => {
  const once = fold('Ærøskøbing / Ðà Nẵng')
  expect(fold(once)).toBe(once)
})
