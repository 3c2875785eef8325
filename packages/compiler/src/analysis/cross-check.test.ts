import { describe, expect, test } from 'vitest'
import { configFor } from '../../test/analyse-project.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import type { AppModel, JobModel, Model, ProcedureModel, ScheduleModel } from '../model/model.ts'
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
    jobs: {},
    commands: {},
    plugins: [],
    transports: ['http'],
    slots: 'inline',
  }
  return {
    version: 1,
    apps: { shop: { ...base, ...app } },
    schedules: {},
    workers: config.workers,
  }
}

function job(pool = 'io', at = 'jobs.ts:1:1'): JobModel {
  return { source: { file: 'jobs.ts', path: ['x'] }, pool, at }
}

async function check(app: Partial<AppModel>, rest: Partial<Model> = {}): Promise<string[]> {
  const diagnostics = await crossCheck({
    config,
    model: { ...modelOf(app), ...rest },
    locate: (path) => (path.startsWith('apps.shop') ? place : undefined),
  })
  return diagnostics.map(({ code, severity, configPath, at }) =>
    [code, severity, configPath, at && `${at.file}:${at.line}:${at.column}`].join(' '),
  )
}

test('accepts an application that is whole', async () => {
  expect(await check({})).toEqual([])
})

test('refuses routes that differ by case', async () => {
  const procedures = {
    'orders/byId': procedure('orders.ts:4:14'),
    'orders/byid': procedure('orders.ts:9:14'),
    'orders/other': procedure('orders.ts:12:14'),
  }
  expect(await check({ procedures })).toEqual(['NM3001 error  orders.ts:9:14'])
  const [diagnostic] = await crossCheck({
    config,
    model: modelOf({ procedures }),
    locate: () => undefined,
  })
  expect(diagnostic?.related.map(({ at }) => at)).toEqual([
    { file: 'orders.ts', line: 4, column: 14 },
  ])
})

test('warns of an application without procedures', async () => {
  expect(await check({ procedures: {} })).toEqual([
    'NM3010 warning apps.shop neemata.config.ts:3:5',
  ])
})

test('expects no procedures of a worker', async () => {
  expect(await check({ type: 'worker', procedures: {}, commands: { seed: job() } })).toEqual([])
})

test('warns of unreachable applications and unused transports', async () => {
  expect(await check({ transports: [] })).toEqual([
    'NM3020 warning apps.shop.transports neemata.config.ts:3:5',
    'NM3021 warning transports.http ',
  ])
})

test('warns of a worker with nothing to run', async () => {
  expect(await check({ type: 'worker', procedures: {}, transports: ['http'] })).toEqual([
    'NM3011 warning apps.shop neemata.config.ts:3:5',
  ])
  const { application: _, ...app } = modelOf({ type: 'worker', procedures: {} }).apps['shop'] ?? {}
  expect(await check({ ...app, jobs: { reindex: job() } })).toEqual([])
})

test('counts a shared listener as used', async () => {
  const transports = {
    ...config.transports,
    ws: { type: 'ws', listen: 'http', path: '/ws' },
  } as const
  const diagnostics = await crossCheck({
    config: { ...config, transports },
    model: modelOf({ transports: ['ws'] }),
    locate: () => undefined,
  })
  expect(diagnostics).toEqual([])
})

test('refuses jobs and commands that differ by case', async () => {
  const jobs = { reIndex: job('io', 'a.ts:1:1'), reindex: job('io', 'b.ts:2:2') }
  expect(await check({ jobs, commands: jobs })).toEqual([
    'NM3002 error  b.ts:2:2',
    'NM3002 error  b.ts:2:2',
  ])
})

test('refuses a pool that does not exist', async () => {
  const jobs = { a: job('compte', 'a.ts:4:14'), b: job('gpu', 'b.ts:4:14'), c: job('compute') }
  const diagnostics = await crossCheck({ config, model: modelOf({ jobs }), locate: () => place })
  expect(diagnostics.map(({ code, at, hint }) => [code, at?.file, hint])).toEqual([
    ['NM3033', 'a.ts', "Did you mean 'compute'?"],
    ['NM3033', 'b.ts', 'Add it to workers.jobs of the config, or use one of these: io, compute.'],
  ])
})

test('warns of configured pools without jobs', async () => {
  const workers = {
    api: { threads: 0 },
    jobs: {
      ...config.workers.jobs,
      gpu: { threads: 1, concurrency: 1 },
      compute: { threads: 2, concurrency: 1 },
    },
  }
  expect(await check({}, { workers })).toEqual([
    'NM3034 warning workers.jobs.compute ',
    'NM3034 warning workers.jobs.gpu ',
  ])
})

describe('schedules', () => {
  const jobs = { reindex: job() }

  async function problems(schedule: Partial<ScheduleModel>): Promise<readonly Diagnostic[]> {
    const whole = { job: 'shop/reindex', cron: '0 3 * * *', timezone: 'UTC', ...schedule }
    return crossCheck({
      config,
      model: { ...modelOf({ jobs }), schedules: { nightly: whole } },
      locate: (path) => (path.startsWith('scheduler.nightly') ? place : undefined),
    })
  }

  test.each([
    { cron: '0 3 * * *' },
    { cron: '*/10 0 3 * * *' },
    { cron: '@daily' },
    { cron: '0 0 L * *' },
    { cron: '0 0 29 FEB MON-FRI' },
    { timezone: 'Europe/Berlin' },
    { timezone: 'utc' },
  ])('accepts %o', async (schedule) => {
    expect(await problems(schedule)).toEqual([])
  })

  test.each([
    ['shop/reindx', "There is no job 'shop/reindx'.", "Did you mean 'shop/reindex'?"],
    ['shop/sendMail', "There is no job 'shop/sendMail'.", 'The jobs are shop/reindex.'],
    [
      'blog/publish',
      "There is no job 'blog/publish', nor an app 'blog'.",
      'The jobs are shop/reindex.',
    ],
  ])('refuses the job %s', async (name, message, hint) => {
    expect(await problems({ job: name })).toMatchObject([
      { code: 'NM3030', message, hint, at: place, configPath: 'scheduler.nightly.job' },
    ])
  })

  test.each([
    ['* * *', 'it has 3 fields'],
    ['', 'it has no fields'],
    ['* * * * * * *', 'it has 7 fields'],
    ['61 * * * *', '61 is not between 0 and 59'],
    ['0 0 30 2 *', 'no month has that day'],
    ['0 3 * * fri-foo', "'foo' has no meaning there"],
    ['H 3 * * *', 'another one in each process'],
    ['@sometimes', ''],
  ])("refuses the cron expression '%s'", async (cron, message) => {
    expect(await problems({ cron })).toMatchObject([
      {
        code: 'NM3031',
        message: expect.stringContaining(message),
        configPath: 'scheduler.nightly.cron',
      },
    ])
  })

  test.each([
    ['Europe/Berln', "Did you mean 'Europe/Berlin'?"],
    ['+02:00', "Use an IANA name, such as 'UTC' or 'Europe/Berlin'."],
    ['local', "Use an IANA name, such as 'UTC' or 'Europe/Berlin'."],
  ])('refuses the time zone %s', async (timezone, hint) => {
    expect(await problems({ timezone })).toMatchObject([
      { code: 'NM3032', hint, configPath: 'scheduler.nightly.timezone' },
    ])
  })

  test('reports every problem of one schedule', async () => {
    const found = await problems({ job: 'a/b', cron: 'x', timezone: 'y' })
    expect(found.map(({ code }) => code)).toEqual(['NM3030', 'NM3031', 'NM3032'])
  })
})
