import { expect, test } from 'vitest'

import { configFor, type Files } from '../../test/analyse-project.ts'
import { createProject } from '../../test/create-project.ts'
import { analyse } from './analyse.ts'

const application =
  "import { defineApplication } from 'neemata'\nexport default defineApplication({})\n"

/** Analyses an app whose jobs are in `jobs/` and whose commands are in `commands/`. */
async function analyseJobs(files: Files, options: { readonly type?: 'worker' } = {}) {
  const { root } = createProject({ 'index.ts': application, ...files })
  const config = configFor({ shop: 'index.ts' })
  const within = (folder: string) =>
    Object.keys(files)
      .filter((file) => file.startsWith(folder))
      .sort()
  const worker = options.type === 'worker' && { type: 'worker', application: undefined }
  const shop = {
    ...config.apps['shop'],
    ...worker,
    jobs: within('jobs/'),
    commands: within('commands/'),
  } as (typeof config.apps)[string]
  const { model, diagnostics } = await analyse({
    root,
    config: { ...config, apps: { shop } },
    cache: false,
  })
  const problems = diagnostics.map(({ code, at }) =>
    at ? `${code} ${at.file}:${at.line}:${at.column}` : code,
  )
  return { app: model?.apps['shop'], problems, diagnostics, model }
}

const reindex = `import { defineJob } from 'neemata'
export const reindex = defineJob({ pool: 'compute', handler() {} })
`

test('finds jobs and commands by export name', async () => {
  const { app, problems } = await analyseJobs({
    'jobs/reindex.ts': `${reindex}export const limit = 10\nexport type Limit = number\n`,
    'jobs/mail.ts': `import { defineJob } from 'neemata'
import { z } from 'zod'
export const Mail = z.object({ to: z.string() })
export const sendMail = defineJob({ input: Mail, async handler() {} })
const digest = defineJob({ handler: () => 1 })
export { digest as sendDigest }
`,
    'commands/seed.ts': `import { defineCommand } from 'neemata'
export const seed = defineCommand({ handler() {} })
`,
  })
  expect(problems).toEqual([])
  expect(app?.jobs).toEqual({
    reindex: {
      source: { file: 'jobs/reindex.ts', path: ['reindex'] },
      at: 'jobs/reindex.ts:2:14',
      pool: 'compute',
    },
    sendDigest: {
      source: { file: 'jobs/mail.ts', path: ['sendDigest'] },
      at: 'jobs/mail.ts:5:7',
      pool: 'io',
    },
    sendMail: {
      source: { file: 'jobs/mail.ts', path: ['sendMail'] },
      at: 'jobs/mail.ts:4:14',
      pool: 'io',
    },
  })
  expect(Object.keys(app?.jobs ?? {})).toEqual(['reindex', 'sendDigest', 'sendMail'])
  expect(app?.commands).toEqual({
    seed: { source: { file: 'commands/seed.ts', path: ['seed'] }, at: 'commands/seed.ts:2:14' },
  })
})

test('reads a worker without an application', async () => {
  const { app, problems } = await analyseJobs({ 'jobs/reindex.ts': reindex }, { type: 'worker' })
  expect(problems).toEqual([])
  expect(app).toEqual({
    type: 'worker',
    procedures: {},
    jobs: { reindex: expect.objectContaining({ pool: 'compute' }) },
    commands: {},
    plugins: [],
    transports: ['http'],
    slots: 'inline',
  })
})

test('counts a re-exported job once', async () => {
  const { app, problems } = await analyseJobs({
    'jobs/reindex.ts': reindex,
    'jobs/index.ts':
      "export * from './reindex.ts'\nexport { reindex as rebuild } from './reindex.ts'\n",
  })
  expect(problems).toEqual([])
  const source = { file: 'jobs/reindex.ts', path: ['reindex'] }
  expect(app?.jobs).toMatchObject({ rebuild: { source }, reindex: { source } })
})

test('follows a job that a function makes', async () => {
  const { app } = await analyseJobs({
    'jobs/a.ts': `import { defineJob } from 'neemata'
const pool = 'compute' as const
const make = (limit: number) => defineJob({ pool, attempts: limit, handler: () => limit })
export const small = make(1)
`,
  })
  expect(app?.jobs['small']).toMatchObject({ pool: 'compute', at: 'jobs/a.ts:4:14' })
})

test('names may be shared by jobs and commands', async () => {
  const { problems } = await analyseJobs({
    'jobs/reindex.ts': reindex,
    'commands/reindex.ts': `import { defineCommand } from 'neemata'
export const reindex = defineCommand({ handler() {} })
`,
  })
  expect(problems).toEqual([])
})

test('refuses two jobs of one name', async () => {
  const { problems, diagnostics } = await analyseJobs({
    'jobs/a.ts': reindex,
    'jobs/b.ts': `\n${reindex}`,
  })
  expect(problems).toEqual(['NM2042 jobs/b.ts:3:14'])
  expect(diagnostics[0]?.message).toBe('The app "shop" has two jobs called `reindex`.')
  expect(diagnostics[0]?.related).toMatchObject([{ at: { file: 'jobs/a.ts', line: 2 } }])
})

const head = "import { defineCommand, defineJob } from 'neemata'\n"

test.each([
  ['a default export', 'export default defineJob({ handler() {} })', 'NM2040 jobs/a.ts:2:16'],
  [
    'a malformed name',
    'export const Re_index = defineJob({ handler() {} })',
    'NM2041 jobs/a.ts:2:14',
  ],
  ['no handler', 'export const a = defineJob({ attempts: 3 })', 'NM2014 jobs/a.ts:2:18'],
  ['no options', 'export const a = defineJob()', 'NM2014 jobs/a.ts:2:18'],
  [
    'a pool of the environment',
    'export const a = defineJob({ pool: process.env.POOL, handler() {} })',
    'NM2043 jobs/a.ts:2:30',
  ],
  [
    'a pool that is no text',
    'export const a = defineJob({ pool: 4, handler() {} })',
    'NM2043 jobs/a.ts:2:30',
  ],
  [
    'options that may hold a pool',
    'export const a = defineJob({ handler() {}, ...read() })\nimport { read } from "./none.ts"',
    'NM2005 jobs/a.ts:3:10',
  ],
  [
    'pools that a condition chooses',
    `const b = true as boolean
export const a = process.env.X ? defineJob({ handler() {} }) : defineJob({ pool: 'x', handler() {} })`,
    'NM2021 jobs/a.ts:3:18',
  ],
  ['a job in a variable', 'export let a = defineJob({ handler() {} })', 'NM2023 jobs/a.ts:2:12'],
  ['a missing module', "export { a } from './gone.ts'", 'NM2005 jobs/a.ts:2:10'],
  ['a syntax error', 'export const a = defineJob({', 'NM2002 jobs/a.ts:3:1'],
])('refuses %s', async (_, text, expected) => {
  const { problems } = await analyseJobs({ 'jobs/a.ts': `${head}${text}\n` })
  expect(problems).toEqual([expected])
})

test('refuses a command without a handler', async () => {
  const { problems } = await analyseJobs({
    'commands/a.ts': `${head}export const a = defineCommand({ handler: undefined })`,
  })
  expect(problems).toEqual(['NM2014 commands/a.ts:2:34'])
})

test('warns of modules without a job', async () => {
  const { app, problems, diagnostics } = await analyseJobs({
    'jobs/a.ts': `${head}const cleanUp = defineJob({ handler() {} })\nvoid cleanUp\n`,
    'jobs/b.ts': `${head}export const seed = defineCommand({ handler() {} })\n`,
    'jobs/c.ts': reindex,
  })
  expect(problems).toEqual(['NM2047 jobs/a.ts:1:1', 'NM2047 jobs/b.ts:1:1'])
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning'])
  expect(Object.keys(app?.jobs ?? {})).toEqual(['reindex'])
})

test('gives one model whatever the order', async () => {
  const more = reindex.replaceAll('reindex', 'another')
  const [straight, turned] = await Promise.all([
    analyseJobs({ 'jobs/a.ts': `${reindex}${more.split('\n')[1]}` }),
    analyseJobs({ 'jobs/a.ts': `${more}${reindex.split('\n')[1]}` }),
  ])
  const shown = (text: string) => text.replaceAll(/:[23]:14/g, '')
  expect(straight.model).toBeDefined()
  expect(shown(JSON.stringify(turned.model))).toBe(shown(JSON.stringify(straight.model)))
})

test('gives one model whatever the order of the config', async () => {
  const { root } = createProject({
    'index.ts': application,
    'a.ts': reindex,
    'b.ts': reindex.replaceAll('reindex', 'another'),
  })
  const base = configFor({ shop: 'index.ts', blog: 'index.ts' })
  const schedule = { job: 'shop/reindex', cron: '0 3 * * *', timezone: 'UTC' }
  const orders = [(keys: string[]) => keys, (keys: string[]) => keys.toReversed()]
  const models = orders.map(async (order) => {
    const pick = <T>(record: Readonly<Record<string, T>>) =>
      Object.fromEntries(order(Object.keys(record)).map((key) => [key, record[key] as T]))
    const jobs = order(['a.ts', 'b.ts'])
    const apps = Object.entries(base.apps).map(([name, app]) => [name, { ...app, jobs }] as const)
    const config = {
      ...base,
      apps: pick(Object.fromEntries(apps)),
      scheduler: pick({ nightly: schedule, hourly: schedule }),
      workers: { ...base.workers, jobs: pick(base.workers.jobs) },
    }
    const { model } = await analyse({ root, config, cache: false })
    return JSON.stringify(model)
  })
  const [straight, turned] = await Promise.all(models)
  expect(straight).toContain('"hourly"')
  expect(turned).toBe(straight)
})
