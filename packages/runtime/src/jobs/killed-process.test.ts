import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { bundleBesidePackages } from '../../test/bundle-beside-packages.ts'
import { durableStores } from '../../test/job-stores.ts'
import { startProcess } from '../../test/start-process.ts'

// Two processes create and recover a database, which takes long on a busy machine.
test.each(durableStores)(
  'no job of a killed process is lost on %s',
  { timeout: 180_000 },
  async (_, prepare) => {
    const { place, remove } = await prepare()
    onTestFinished(remove)
    const entry = await bundleBesidePackages('jobs.ts')
    onTestFinished(entry.remove)
    const directory = await mkdtemp(path.join(tmpdir(), 'neemata-gate-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const gate = path.join(directory, 'open')
    const env = {
      GATE: gate,
      ...(place.redisUrl && { REDIS_URL: place.redisUrl }),
      ...(place.directory && { DIRECTORY: place.directory }),
    }

    const first = startProcess(entry.file, { ...env, ADD: '1' })
    onTestFinished(() => void first.child.kill('SIGKILL'))
    await first.line('added')
    await first.line('began')
    first.child.kill('SIGKILL')
    await first.exit
    const begun = first.stdout.filter((line) => line.startsWith('began'))

    await writeFile(gate, '')
    const second = startProcess(entry.file, env)
    onTestFinished(() => void second.child.kill('SIGKILL'))
    await second.line('all ended')

    expect(begun.length).toBeGreaterThan(0)
    expect(first.stdout.some((line) => line.startsWith('ended'))).toBe(false)
    const ended = second.stdout.filter((line) => line.startsWith('ended'))
    expect(new Set(ended).size).toBe(100)
    expect(await second.exit).toBe(0)
  },
)
