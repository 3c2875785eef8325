import { expect, test } from 'vitest'

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
    apps: { shop: { type: 'api', application: 'app.ts', transports: ['http'], slots: 'inline' } },
    transports: { http: { type: 'http', host: '127.0.0.1', port: 3000, cors: false } },
    limits: {
      bodySize: 1_048_576,
      headerSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 5_000,
      connections: 10_000,
      decodeDepth: 64,
      callTimeout: 30_000,
      callsPerSession: 100,
    },
    logging: { level: 'info' },
    shutdown: { timeout: 10_000 },
    build: { outDir: 'dist', external: [] },
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
  ["apps: { a: { type: 'worker' } }", 'apps.a.type'],
  ["apps: { a: { application: './app.ts', jobs: ['*.ts'] } }", 'apps.a.jobs'],
  ["apps: { a: { application: './app.ts', commands: ['*.ts'] } }", 'apps.a.commands'],
  ["apps: { a: { application: './app.ts', options: { x: 1 } } }", 'apps.a.options'],
  ["apps: { a: { application: './app.ts', workers: { count: 2 } } }", 'apps.a.workers'],
  ["apps: { a: { application: './app.ts', workers: { slots: [0] } } }", 'apps.a.workers'],
  [`${shop}, transports: { ws: { type: 'ws', listen: 'http' } }`, 'transports.ws.type'],
  [`${shop}, transports: { x: { type: 'custom', module: './x.ts' } }`, 'transports.x.type'],
  [`${shop}, workers: { api: { threads: 1 } }`, 'workers.api.threads'],
  [`${shop}, workers: { jobs: { io: {} } }`, 'workers.jobs'],
  [`${shop}, scheduler: { n: { job: 'shop/x', cron: '0 3 * * *' } }`, 'scheduler'],
  [`${shop}, redis: { url: env.url('REDIS_URL').optional() }`, 'redis'],
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
  workers: { api: { threads: 4 } },
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
    '11 NM1050',
  ])
})
