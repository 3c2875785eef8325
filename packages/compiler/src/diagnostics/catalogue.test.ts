import { expect, test } from 'vitest'

import { catalogue } from './catalogue.ts'
import { analysisCatalogue } from './catalogue/analysis.ts'
import { cliCatalogue } from './catalogue/cli.ts'
import { configCatalogue } from './catalogue/config.ts'
import { outputCatalogue } from './catalogue/output.ts'
import { createDiagnostic } from './create-diagnostic.ts'
import { renderDiagnosticsDocs } from './render-docs.ts'

const docs = new URL('../../../../docs/', import.meta.url).pathname

test.each([
  ['NM1', configCatalogue],
  ['NM[23]', analysisCatalogue],
  ['NM4', outputCatalogue],
  ['NM5', cliCatalogue],
])('codes of a stage begin with %s', (prefix, stage) => {
  const pattern = new RegExp(`^${prefix}\\d+$`)
  expect(Object.keys(stage).filter((code) => !pattern.test(code))).toEqual([])
})

test('every entry is made of whole sentences', () => {
  const incomplete = Object.entries(catalogue).flatMap(([code, { title, why, fix }]) =>
    [title, why, fix].every((text) => /^[\p{Lu}`].*[.!?]$/su.test(text)) ? [] : [code],
  )
  expect(incomplete).toEqual([])
})

test('docs/diagnostics.md is what the catalogue says', async () => {
  await expect(renderDiagnosticsDocs()).toMatchFileSnapshot(`${docs}diagnostics.md`)
})

test('a diagnostic takes what it lacks from the catalogue', () => {
  const diagnostic = createDiagnostic('NM1001', { message: 'There is none.' })
  expect(diagnostic).toEqual({
    code: 'NM1001',
    severity: 'error',
    message: 'There is none.',
    hint: configCatalogue.NM1001.fix,
    related: [],
  })
  expect(Object.isFrozen(diagnostic)).toBe(true)
  expect(createDiagnostic('NM1001', { message: '', hint: 'Own.' }).hint).toBe('Own.')
})
