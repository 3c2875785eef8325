import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { bundleProcess, type TestProcess } from '../../test/start-process.ts'

let bundle: Awaited<ReturnType<typeof bundleProcess>>
let started: TestProcess | undefined

beforeAll(async () => {
  bundle = await bundleProcess('command.ts')
})

afterEach(async () => {
  started?.child.kill('SIGKILL')
  await started?.exit
})

afterAll(() => bundle.remove())

function start(words: string, env?: Readonly<Record<string, string>>): TestProcess {
  started = bundle.start(env, words === '' ? [] : words.split(' '))
  return started
}

async function run(words: string, env?: Readonly<Record<string, string>>) {
  const { exit, stdout, stderr } = start(words, env)
  return { code: await exit, stdout: stdout.join('\n'), stderr: stderr.join('\n') }
}

test('prints what the command returns as JSON', async () => {
  const { code, stdout, stderr } = await run(
    'app/greet Ann 1 2.5 --times 3 --loud --tag a --tag=b --mood good --dry-run --json',
  )
  const [result, ...after] = stdout.split('\n')
  expect(stderr).toContain('"msg":"greeting"')
  expect(JSON.parse(result ?? ''), stderr).toEqual({
    args: ['Ann', 1, 2.5],
    options: { times: 3, loud: true, dryRun: true, tag: ['a', 'b'], mood: 'good' },
    db: 'db',
    pong: 'pong',
  })
  expect(after).toEqual(['db disposed', 'disposed'])
  expect(stderr).toContain('"msg":"greeting"')
  expect(stderr).toContain('started')
  expect(code).toBe(0)
})

test.each([
  ['app/text', 'plain text\ndisposed'],
  ['app/text --json', '"plain text"\ndisposed'],
  ['app/nothing', 'disposed'],
  ['app/nothing --json', 'null\ndisposed'],
  ['app/greet Ann -- --json', undefined],
])('prints the result of %s', async (words, text) => {
  const { code, stdout } = await run(words)
  if (text === undefined) expect(code).toBe(2)
  else expect({ code, stdout }).toEqual({ code: 0, stdout: text })
})

test('lists commands in text and JSON', async () => {
  const text = await run('list')
  expect(text.code).toBe(0)
  expect(text.stdout).toContain('app/greet    Greets somebody.\n  app/text')
  const json = await run('list --json')
  expect(JSON.parse(json.stdout)).toContainEqual({
    name: 'app/greet',
    description: 'Greets somebody.',
    at: 'apps/app/commands/greet.ts:1:1',
  })
})

test('explains a command from its schemas', async () => {
  const { code, stdout } = await run('app/greet --help')
  expect(code).toBe(0)
  expect(stdout).toBe(`Greets somebody.

Usage: run app/greet <name> [<more>…] [options]

Arguments:
  <name>  Who. Required.
  <more>

Options:
  --times <number>  How often. Default: 1.
  --loud
  --dry-run
  --tag <string>…
  --mood <string>   One of: good, bad.
  --json            print the result as JSON
  --help            this text`)
})

test.each([
  ['', 'Usage:'],
  ['app/unknown', 'NM7801: There is no command "app/unknown". There are: app/greet, '],
  ['app/greet', '<name>: '],
  ['app/greet A', '<name>: '],
  ['app/greet Ann x', '<more>: '],
  ['app/greet Ann --times 0', '--times: '],
  ['app/greet Ann --times many', '--times: '],
  ['app/greet Ann --times', '--times needs a value.'],
  ['app/greet Ann --times 1 --times 2', '--times is given twice.'],
  ['app/greet Ann --mood odd', '--mood: '],
  ['app/greet Ann --silent', 'There is no option --silent. There are: --times, --loud'],
  ['app/text extra', 'The command takes no arguments, and was given 1.'],
])('exits 2 when called with "%s"', async (words, message) => {
  const { code, stdout, stderr } = await run(words)
  expect(stderr).toContain(message)
  // Nothing was started for it.
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

test('exits 1 with the error of the command', async () => {
  const { code, stdout, stderr } = await run('app/fails')
  expect(code).toBe(1)
  expect(stderr).toMatch(/Error: a bug of the user\n\s+at /)
  expect(stdout).toBe('db disposed\ndisposed')
})

test('exits 1 when its parts can not be loaded', async () => {
  const { code, stderr } = await run('app/text', { LOAD: 'fails' })
  expect(code).toBe(1)
  expect(stderr).toContain('TypeError: the module is broken')
})

test('ends a command that takes too long', async () => {
  const { code, stdout, stderr } = await run('app/slow')
  expect(code).toBe(1)
  expect(stderr).toContain('timeout: The command took longer than 20 ms.')
  expect(stdout).toBe('slow ended\ndb disposed\ndisposed')
})

test.each(['SIGINT', 'SIGTERM'] as const)('ends a command after %s', async (signal) => {
  const command = start('app/waits')
  await command.line('waits began')
  command.child.kill(signal)
  expect(await command.exit).toBe(1)
  expect(command.stderr.join('\n')).toContain('cancelled: ')
  expect(command.stdout).toEqual(['waits began', 'waits ended', 'db disposed', 'disposed'])
})
