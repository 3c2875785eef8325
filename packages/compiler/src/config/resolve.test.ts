import { describe, expect, test } from 'vitest'

import {
  configSource,
  createConfigProject,
  loadProject,
  resolveOptions,
} from '../../test/config-project.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { resolveConfig } from './resolve.ts'

const shop = "apps: { shop: './app.ts' }"

/** The diagnostics for options around a valid app, as `line:column code path`. */
async function problems(options: string): Promise<readonly string[]> {
  const { config, diagnostics } = await resolveOptions(options)
  expect(config).toBeUndefined()
  return diagnostics.map(brief)
}

async function onlyProblem(options: string): Promise<Diagnostic> {
  const { diagnostics } = await resolveOptions(options)
  expect(diagnostics.map(brief)).toHaveLength(1)
  return diagnostics[0] as Diagnostic
}

function brief({ at, code, configPath }: Diagnostic): string {
  return `${at?.line}:${at?.column} ${code} ${configPath}`
}

/** Where a text begins on the third line of `configSource`. */
function column(options: string, text: string): string {
  return `3:${'export default defineRuntime('.length + options.indexOf(text) + 1}`
}

test('fills in every default', async () => {
  const { config, diagnostics } = await resolveOptions(`{ ${shop} }`)
  expect(diagnostics).toEqual([])
  expect(config).toEqual({
    file: 'neemata.config.ts',
    apps: {
      shop: {
        type: 'api',
        application: 'app.ts',
        transports: ['http'],
        jobs: [],
        commands: [],
        slots: 'inline',
      },
    },
    transports: { http: { type: 'http', host: '127.0.0.1', port: 3000, cors: false } },
    limits: {
      bodySize: 1_048_576,
      headerSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      connections: 10_000,
      decodeDepth: 64,
      frameSize: 1_048_576,
      queuedBytes: 4_194_304,
      pingInterval: 30_000,
      callTimeout: 30_000,
      callsPerSession: 100,
    },
    logging: { level: 'info' },
    shutdown: { timeout: 10_000 },
    build: { outDir: 'dist', external: [] },
    workers: {
      api: { threads: 0 },
      jobs: { io: { threads: 1, concurrency: 10 }, compute: { threads: 1, concurrency: 1 } },
    },
    scheduler: {},
    redis: {},
  })
})

test('keeps what the config sets', async () => {
  const { config } = await resolveOptions(`{
    apps: { shop: defineApp({ application: 'app.ts', transports: ['b'], workers: 'inline' }) },
    transports: {
      b: { type: 'http', port: 0, cors: { origins: ['https://example.com'] } },
      a: { type: 'http', host: '::1', cors: true },
    },
    limits: { connections: 5 },
    logging: { level: 'silent' },
    build: { outDir: './out/bundles/', external: ['sharp', '@scope/native', 'sharp'] },
  }`)
  expect(config).toMatchObject({
    apps: { shop: { application: 'app.ts', transports: ['b'] } },
    transports: {
      b: { port: 0, cors: { origins: ['https://example.com'], credentials: false } },
      a: { host: '::1', cors: true },
    },
    limits: { connections: 5, decodeDepth: 64 },
    logging: { level: 'silent' },
    build: { outDir: 'out/bundles', external: ['@scope/native', 'sharp'] },
  })
  expect(Object.keys(config?.transports ?? {})).toEqual(['b', 'a'])
})

test('freezes the result to its depth', async () => {
  const { config } = await resolveOptions(`{ ${shop} }`)
  expect(Object.isFrozen(config?.apps['shop']?.transports)).toBe(true)
  expect(Object.isFrozen(config?.limits)).toBe(true)
})

test('keeps references as data', async () => {
  const { config } = await resolveOptions(`{ ${shop},
    transports: { http: { type: 'http', port: env.port('PORT', 3000), host: env.string('HOST') } },
    limits: { bodySize: env.number('SIZE', 5) },
    logging: { level: env.enum('LEVEL', ['info', 'debug'], 'debug') },
  }`)
  expect(config?.transports['http']).toMatchObject({
    port: { $env: { name: 'PORT', type: 'port', default: 3000, optional: false } },
    host: { $env: { name: 'HOST', type: 'string', optional: false } },
  })
  expect(config?.limits.bodySize).toEqual({
    $env: { name: 'SIZE', type: 'number', default: 5, optional: false },
  })
  expect(config?.logging.level).toEqual({
    $env: {
      name: 'LEVEL',
      type: 'enum',
      values: ['info', 'debug'],
      default: 'debug',
      optional: false,
    },
  })
  expect(JSON.parse(JSON.stringify(config))).toEqual(config)
})

test('two apps may run one application', async () => {
  const { config } = await resolveOptions("{ apps: { a: './app.ts', b: './app.ts' } }")
  expect(config?.apps['a']).toEqual(config?.apps['b'])
})

test('refuses an unknown option at the top level', async () => {
  const options = `{ ${shop}, trasports: {} }`
  const { hint, ...problem } = await onlyProblem(options)
  expect(brief({ hint, ...problem })).toBe(`${column(options, 'trasports')} NM1020 trasports`)
  expect(hint).toBe('Did you mean transports?')
})

test('refuses a nested unknown option', async () => {
  const options = `{ ${shop}, limits: { bodysize: 1 } }`
  const problem = await onlyProblem(options)
  expect(brief(problem)).toBe(`${column(options, 'bodysize')} NM1020 limits.bodysize`)
  expect(problem.hint).toBe('Did you mean bodySize?')
})

test('lists the options where none is near', async () => {
  const { hint } = await onlyProblem(`{ ${shop}, build: { plugins: [] } }`)
  expect(hint).toBe('The options of build are outDir, external.')
})

test('reports a misspelt required option once', async () => {
  const problem = await onlyProblem("{ apps: { shop: { aplication: './app.ts' } } }")
  expect(problem).toMatchObject({ code: 'NM1020', hint: 'Did you mean application?' })
})

test('refuses a value of the wrong type', async () => {
  const options = `{ ${shop}, limits: { bodySize: '1mb' } }`
  const problem = await onlyProblem(options)
  expect(brief(problem)).toBe(`${column(options, "'1mb'")} NM1021 limits.bodySize`)
  expect(problem.message).toBe("limits.bodySize must be a number, and it is the string '1mb'.")
  expect(problem.hint).toBe('bodySize: Largest request body.')
})

test.each([
  ['apps: { shop: 4 }', 'NM1021', 'must be a string or an object'],
  ['apps: []', 'NM1021', 'must be an object, and it is an array'],
  [
    `${shop}, transports: { http: { type: 'http', cors: 'yes' } }`,
    'NM1021',
    'a boolean or an object',
  ],
  [`${shop}, limits: { connections: 1.5 }`, 'NM1024', 'must be a whole number, and it is 1.5'],
  [`${shop}, limits: { connections: 0 }`, 'NM1024', 'must be at least 1'],
  [`${shop}, limits: { callTimeout: 3e9 }`, 'NM1024', 'must be at most 2147483647'],
  [`${shop}, limits: { connections: NaN }`, 'NM1024', 'must be a number, and it is NaN'],
  [`${shop}, transports: { http: { type: 'http', port: 70000 } }`, 'NM1024', 'at most 65535'],
  [`${shop}, transports: { http: { type: 'http', host: 'a:80' } }`, 'NM1024', 'a host name'],
  [`${shop}, build: { outDir: '' }`, 'NM1024', 'must not be empty'],
  [`${shop}, build: { external: ['./a'] }`, 'NM1024', 'the name of a package'],
  [`${shop}, transports: { http: {} }`, 'NM1023', 'transports.http.type is required'],
  ['apps: { shop: {} }', 'NM1023', 'apps.shop.application is required'],
  ['', 'NM1023', 'apps is required'],
])('refuses { %s }', async (options, code, message) => {
  const problem = await onlyProblem(`{ ${options} }`)
  expect(problem).toMatchObject({ code, message: expect.stringContaining(message) })
})

test.each([
  [`${shop}, logging: { level: 'wran' }`, "Did you mean 'warn'?"],
  [`${shop}, transports: { http: { type: 'htp' } }`, "Did you mean 'http'?"],
  ["apps: { shop: { type: 'wrker' } }", "Did you mean 'worker'?"],
  [`${shop}, logging: { level: 'xyz' }`, "Use 'trace', 'debug'"],
])('suggests a value for { %s }', async (options, hint) => {
  const problem = await onlyProblem(`{ ${options} }`)
  expect(problem).toMatchObject({ code: 'NM1022', hint: expect.stringContaining(hint) })
})

test.each([
  ["limits: { decodeDepth: env.string('X') }", 'NM1026', 'made by env.number'],
  ["limits: { decodeDepth: env.number('X').optional() }", 'NM1026', 'give X a default'],
  ["limits: { decodeDepth: env.number('X', -1) }", 'NM1026', 'default that does not fit'],
  ["limits: { decodeDepth: env.number('a b') }", 'NM1026', 'not a valid name'],
  ["logging: { level: env.enum('X', ['info', 'loud']) }", 'NM1026', `can't be "loud"`],
  ["build: { outDir: env.string('X') }", 'NM1025', "it is env.string('X')"],
  ["workers: { api: { threads: env.number('X') } }", 'NM1025', "it is env.number('X')"],
])('refuses the reference in { %s }', async (options, code, message) => {
  const problem = await onlyProblem(`{ ${shop}, ${options} }`)
  expect(problem).toMatchObject({ code, message: expect.stringContaining(message) })
})

test('refuses a reference for an application', async () => {
  const problem = await onlyProblem("{ apps: { shop: env.string('X') } }")
  expect(problem).toMatchObject({ code: 'NM1025', configPath: 'apps.shop' })
})

test('refuses malformed and reserved names', async () => {
  const names = ['Shop', 'my-shop', 'healthz', 'readyz', 'docs', 'ws', '_neemata', 'constructor']
  const { diagnostics } = await resolveOptions(
    `{ apps: { ${names.map((name) => `'${name}': './app.ts'`).join(', ')} } }`,
  )
  expect(diagnostics.map(({ code, configPath }) => `${code} ${configPath}`)).toEqual([
    'NM1030 apps.Shop',
    'NM1030 apps.my-shop',
    'NM1031 apps.healthz',
    'NM1031 apps.readyz',
    'NM1031 apps.docs',
    'NM1031 apps.ws',
    'NM1031 apps._neemata',
    'NM1031 apps.constructor',
  ])
})

test('refuses a malformed name of a transport', async () => {
  const options = `{ ${shop}, transports: { 'my-http': { type: 'http' } } }`
  expect(await problems(options)).toEqual([
    `${column(options, "'my-http'")} NM1030 transports.my-http`,
  ])
})

test('refuses apps that differ only in case', async () => {
  const options = "{ apps: { shopA: './app.ts', shopa: './app.ts' } }"
  const problem = await onlyProblem(options)
  expect(brief(problem)).toBe(`${column(options, 'shopa')} NM1032 apps.shopa`)
  expect(problem.related).toMatchObject([{ at: { line: 3 } }])
})

test('refuses an unknown transport', async () => {
  const options = "{ apps: { shop: { application: './app.ts', transports: ['http', 'htpp'] } } }"
  const problem = await onlyProblem(options)
  expect(brief(problem)).toBe(`${column(options, "'htpp'")} NM1042 apps.shop.transports.1`)
  expect(problem.hint).toBe("Did you mean 'http'?")
})

test.each([
  ["'./ap.ts'", 'NM1040', "Did you mean './app.ts'?"],
  ["'./app'", 'NM1040', "Did you mean './app.ts'?"],
  ["'./app.js'", 'NM1040', "Did you mean './app.ts'?"],
  ["'./apps/shop'", 'NM1041', "Did you mean './apps/shop/index.mts'?"],
  ["'./far/away.ts'", 'NM1040', 'Correct the path'],
  ["'./data.json'", 'NM1041', 'Name a file that ends in'],
  ["'./types.d.ts'", 'NM1041', 'Name a file that ends in'],
])('refuses the application %s', async (path, code, hint) => {
  const options = `{ apps: { shop: ${path} } }`
  const { root } = await createConfigProject({
    'app.ts': '',
    'apps/shop/index.mts': '',
    'data.json': '{}',
    'types.d.ts': '',
    'neemata.config.ts': configSource(options),
  })
  const { diagnostics } = await resolveConfig(await loadProject(root))
  expect(diagnostics.map(brief)).toEqual([`${column(options, path)} ${code} apps.shop`])
  expect(diagnostics[0]?.hint).toContain(hint)
})

test.each([
  ["apps: { a: { application: './app.ts', options: { x: 1 } } }", 'apps.a.options'],
  [`${shop}, transports: { x: { type: 'custom', module: './x.ts' } }`, 'transports.x.type'],
])('refuses as not supported yet { %s }', async (options, path) => {
  const problem = await onlyProblem(`{ ${options} }`)
  expect(problem).toMatchObject({ code: 'NM1050', configPath: path, at: { line: 3 } })
})

test('accepts options that ask for nothing', async () => {
  const { config } = await resolveOptions(`{
    apps: { a: { type: 'api', application: './app.ts', jobs: [], workers: 'inline' } },
    workers: { api: { threads: 0 }, jobs: {} }, scheduler: {},
  }`)
  expect(config?.apps['a']).toMatchObject({ slots: 'inline' })
})

test('reports all problems in the order of the source', async () => {
  const { diagnostics } = await resolveOptions(`{
  typo: 1,
  apps: {
    one: { application: './gone.ts', transports: ['nope'], typo: 1 },
    two: 2,
  },
  transports: { http: { type: 'http', port: 'x', typo: 1 } },
  limits: { typo: 1, bodySize: 'x' },
}`)
  expect(diagnostics.map(({ at, code }) => `${at?.line} ${code}`)).toEqual([
    '4 NM1020',
    '6 NM1040',
    '6 NM1042',
    '6 NM1020',
    '7 NM1021',
    '9 NM1021',
    '9 NM1020',
    '10 NM1020',
    '10 NM1021',
  ])
})

describe('modules of jobs and commands', () => {
  async function resolveGlobs(jobs: string, files: readonly string[]) {
    const { root } = await createConfigProject({
      ...Object.fromEntries(files.map((file) => [file, ''])),
      'app.ts': '',
      'neemata.config.ts': configSource(
        `{ apps: { shop: { application: './app.ts', jobs: ${jobs}, commands: ['./c/*.ts'] } } }`,
      ),
    })
    const { config, diagnostics } = await resolveConfig(await loadProject(root))
    return { diagnostics, jobs: config?.apps['shop']?.jobs, shop: config?.apps['shop'] }
  }
  const files = ['jobs/b.ts', 'jobs/a.ts', 'jobs/deep/c.mts', 'c/seed.ts']

  test('are found by pattern, sorted', async () => {
    const { shop } = await resolveGlobs("['./jobs/**/*', 'jobs/a.ts']", files)
    expect(shop?.jobs).toEqual(['jobs/a.ts', 'jobs/b.ts', 'jobs/deep/c.mts'])
    expect(shop?.commands).toEqual(['c/seed.ts'])
  })

  test('leave out tests, declarations and data', async () => {
    const others = ['a.test.ts', 'a.spec.ts', 'a.test-d.ts', 'a.d.ts', 'notes.md', 'x.json']
    const all = [...files, ...others.map((name) => `jobs/${name}`)]
    const { jobs } = await resolveGlobs("['./jobs/*']", all)
    expect(jobs).toEqual(['jobs/a.ts', 'jobs/b.ts'])
  })

  test('may be taken away by a pattern', async () => {
    const { jobs } = await resolveGlobs("['./jobs/*.ts', '!./jobs/b.ts', '!./none/*.ts']", files)
    expect(jobs).toEqual(['jobs/a.ts'])
  })

  test('must exist for every pattern', async () => {
    const { diagnostics } = await resolveGlobs("['./jobs/*.ts', './job/*.ts', './gone.ts']", files)
    expect(diagnostics.map(({ code, configPath, message }) => [code, configPath, message])).toEqual(
      [
        ['NM1043', 'apps.shop.jobs.1', "The pattern './job/*.ts' matches no module."],
        ['NM1043', 'apps.shop.jobs.2', "There is no module './gone.ts'."],
      ],
    )
    expect(diagnostics[0]?.at).toMatchObject({ file: 'neemata.config.ts', line: 3 })
  })
})

test('a worker needs no application', async () => {
  const { config } = await resolveOptions(`{
    apps: { a: { type: 'worker', jobs: ['./app.ts'] }, b: { type: 'worker', application: './app.ts' } },
    workers: { api: { threads: 2 } },
  }`)
  expect(config?.apps).toEqual({
    a: { type: 'worker', jobs: ['app.ts'], commands: [], transports: [], slots: [] },
    b: {
      type: 'worker',
      application: 'app.ts',
      jobs: [],
      commands: [],
      transports: [],
      slots: [],
    },
  })
})

test('fills in the pools that exist anyway', async () => {
  const { config } = await resolveOptions(`{ ${shop},
    workers: { api: { threads: 3 }, jobs: { io: { threads: 2 }, gpu: {}, mail: { threads: 0, concurrency: 4 } } },
  }`)
  expect(config?.workers).toEqual({
    api: { threads: 3 },
    jobs: {
      io: { threads: 2, concurrency: 10 },
      compute: { threads: 1, concurrency: 1 },
      gpu: { threads: 1, concurrency: 1 },
      mail: { threads: 0, concurrency: 4 },
    },
  })
})

test('places apps in slots', async () => {
  const { config } = await resolveOptions(`{
    apps: {
      everywhere: './app.ts',
      here: { application: './app.ts', workers: 'inline' },
      pinned: { application: './app.ts', workers: { slots: [1, 0] } },
      counted: { application: './app.ts', workers: { count: 1 } },
    },
    workers: { api: { threads: 3 } },
  }`)
  const slots = Object.entries(config?.apps ?? {}).map(([name, app]) => [name, app.slots])
  expect(Object.fromEntries(slots)).toEqual({
    everywhere: [0, 1, 2],
    here: 'inline',
    pinned: [0, 1],
    counted: [2],
  })
})

test.each([
  ['{ slots: [0, 2] }', 2, 'NM1060 apps.a.workers.slots.1', 'The slots are 0 to 1.'],
  ['{ slots: [1] }', 1, 'NM1060 apps.a.workers.slots.0', 'The only slot is 0.'],
  ['{ count: 3 }', 2, 'NM1061 apps.a.workers.count', 'Ask for at most 2'],
  ['{ count: 1 }', 0, 'NM1062 apps.a.workers', 'Set workers.api.threads'],
  ['{ slots: [0] }', 0, 'NM1062 apps.a.workers', 'Set workers.api.threads'],
])('refuses workers: %s with %s threads', async (workers, threads, problem, hint) => {
  const options = `{
  apps: { a: { application: './app.ts', workers: ${workers} } },
  workers: { api: { threads: ${threads} } },
}`
  const found = await onlyProblem(options)
  expect(`${found.code} ${found.configPath}`).toBe(problem)
  expect(found).toMatchObject({ hint: expect.stringContaining(hint), at: { line: 4 } })
})

test('keeps schedules and the address of Redis', async () => {
  const { config } = await resolveOptions(`{ ${shop},
    scheduler: { nightly: { job: 'shop/reindex', cron: '0 3 * * *', input: { full: true, ids: [1, null] } } },
    redis: { url: env.url('REDIS_URL').optional() },
  }`)
  expect(config?.scheduler).toEqual({
    nightly: {
      job: 'shop/reindex',
      cron: '0 3 * * *',
      timezone: 'UTC',
      input: { full: true, ids: [1, null] },
    },
  })
  expect(config?.redis).toEqual({
    url: { $env: { name: 'REDIS_URL', type: 'url', optional: true } },
  })
})

test.each([
  ["env.string('X')", 'NM1025 scheduler.n.input'],
  ["{ deep: [env.string('X')] }", 'NM1025 scheduler.n.input.deep.0'],
  ['{ at: new Date(0) }', 'NM1024 scheduler.n.input.at'],
  ['() => 1', 'NM1024 scheduler.n.input'],
  ['{ a: NaN, b: 1n }', 'NM1024 scheduler.n.input.a', 'NM1024 scheduler.n.input.b'],
])('refuses input: %s of a schedule', async (input, ...expected) => {
  const { diagnostics } = await resolveOptions(
    `{ ${shop}, scheduler: { n: { job: 'shop/x', cron: '0 3 * * *', input: ${input} } } }`,
  )
  expect(diagnostics.map(({ code, configPath }) => `${code} ${configPath}`)).toEqual(expected)
})

test('refuses an input that contains itself', async () => {
  const { diagnostics } = await resolveOptions(
    `((list) => { list.push(list); return { ${shop}, scheduler: { n: { job: 'shop/x', cron: '0 3 * * *', input: list } } } })([])`,
  )
  expect(diagnostics).toMatchObject([
    { code: 'NM1024', message: expect.stringContaining('too deep') },
  ])
})

test.each([
  ["job: 'reindex', cron: '0 3 * * *'", 'NM1024 scheduler.n.job'],
  ["job: 'shop/reindex'", 'NM1023 scheduler.n.cron'],
])('refuses the schedule { %s }', async (schedule, expected) => {
  const problem = await onlyProblem(`{ ${shop}, scheduler: { n: { ${schedule} } } }`)
  expect(`${problem.code} ${problem.configPath}`).toBe(expected)
})

test('accepts WebSocket on the port of HTTP', async () => {
  const { config } = await resolveOptions(`{ ${shop},
    transports: { http: { type: 'http', port: 0 }, ws: { type: 'ws', listen: 'http' } },
  }`)
  expect(config?.transports['ws']).toEqual({ type: 'ws', listen: 'http', path: '/ws' })
  expect(config?.apps['shop']?.transports).toEqual(['http', 'ws'])
})

test.each([
  ["{ http: { type: 'http' }, ws: { type: 'ws', listen: 'htpp' } }", "Did you mean 'http'?"],
  ["{ web: { type: 'http' }, ws: { type: 'ws', listen: 'ws' } }", 'The HTTP transports are web.'],
  ["{ ws: { type: 'ws', listen: 'http' } }", "Add a transport of type 'http'"],
])('refuses the transports %s', async (transports, hint) => {
  const problem = await onlyProblem(`{ ${shop}, transports: ${transports} }`)
  expect(problem).toMatchObject({
    code: 'NM1044',
    configPath: 'transports.ws.listen',
    hint: expect.stringContaining(hint),
  })
})

test('refuses two WebSocket transports at one path', async () => {
  const problem = await onlyProblem(`{ ${shop}, transports: {
    http: { type: 'http' }, a: { type: 'ws', listen: 'http' }, b: { type: 'ws', listen: 'http' },
  } }`)
  expect(problem).toMatchObject({ code: 'NM1045', configPath: 'transports.b', related: [{}] })
})
