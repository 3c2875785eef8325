import { expect, test } from 'vitest'
import { configFor } from '../../test/analyse-project.ts'
import type { SourcePlace } from '../diagnostics/diagnostic.ts'
import type { AppModel, Model, ProcedureModel } from '../model/model.ts'
import { crossCheck } from './cross-check.ts'

const config = configFor({ shop: 'shop.ts' })
const place: SourcePlace = { file: 'neemata.config.ts', line: 3, column: 5 }

function procedure(at: string): ProcedureModel {
  const source = { file: 'shop.ts', path: ['default'] }
  return { kind: 'call', readonly: false, source, guards: [], middleware: [], filters: [], at }
}

function modelOf(app: Partial<AppModel>): Model {
  const application = { file: 'shop.ts', path: ['default'] }
  const base: AppModel = {
    type: 'api',
    application,
    procedures: { get: procedure('shop.ts:1:1') },
    transports: ['http'],
    slots: 'inline',
  }
  return { version: 1, apps: { shop: { ...base, ...app } } }
}

function check(app: Partial<AppModel>): string[] {
  const diagnostics = crossCheck({
    config,
    model: modelOf(app),
    locate: (path) => (path.startsWith('apps.shop') ? place : undefined),
  })
  return diagnostics.map(({ code, severity, configPath, at }) =>
    [code, severity, configPath, at && `${at.file}:${at.line}:${at.column}`].join(' '),
  )
}

test('accepts an application that is whole', () => {
  expect(check({})).toEqual([])
})

test('refuses routes that differ by case', () => {
  const procedures = {
    'orders/byId': procedure('orders.ts:4:14'),
    'orders/byid': procedure('orders.ts:9:14'),
    'orders/other': procedure('orders.ts:12:14'),
  }
  expect(check({ procedures })).toEqual(['NM3001 error  orders.ts:9:14'])
  const [diagnostic] = crossCheck({
    config,
    model: modelOf({ procedures }),
    locate: () => undefined,
  })
  expect(diagnostic?.related.map(({ at }) => at)).toEqual([
    { file: 'orders.ts', line: 4, column: 14 },
  ])
})

test('warns of an application without procedures', () => {
  expect(check({ procedures: {} })).toEqual(['NM3010 warning apps.shop neemata.config.ts:3:5'])
})

test('expects no procedures of a worker', () => {
  expect(check({ type: 'worker', procedures: {} })).toEqual([])
})

test('warns of unreachable applications and unused transports', () => {
  expect(check({ transports: [] })).toEqual([
    'NM3020 warning apps.shop.transports neemata.config.ts:3:5',
    'NM3021 warning transports.http ',
  ])
})
