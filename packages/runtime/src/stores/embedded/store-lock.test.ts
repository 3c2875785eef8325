import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { lockStore } from './store-lock.ts'
import { checkStoreVersion } from './store-version.ts'

async function createDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'neemata-lock-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

test('a held lock is refused in this process', async () => {
  const directory = await createDirectory()
  const lock = await lockStore(directory)

  await expect(lockStore(directory)).rejects.toMatchObject({ code: 'NM7601' })

  await lock.release()
  await (await lockStore(directory)).release()
})

test('a lock of a living process is refused', async () => {
  const directory = await createDirectory()
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  await writeFile(path.join(directory, 'lock'), JSON.stringify({ pid: child.pid }))

  await expect(lockStore(directory)).rejects.toThrow(`process ${child.pid}`)
})

test('a lock of a dead process is taken over', async () => {
  const directory = await createDirectory()
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  await writeFile(path.join(directory, 'lock'), JSON.stringify({ pid: child.pid }))

  await lockStore(directory)

  expect(JSON.parse(await readFile(path.join(directory, 'lock'), 'utf8'))).toMatchObject({
    pid: process.pid,
  })
})

test('a reused process number is no owner', async () => {
  const directory = await createDirectory()
  await writeFile(path.join(directory, 'lock'), JSON.stringify({ pid: process.pid }))
  await (await lockStore(directory)).release()

  await writeFile(path.join(directory, 'lock'), '{ "pid": 1, "born": "another boot 1" }')
  await (await lockStore(directory)).release()
})

test('an unreadable lock does not block', async () => {
  const directory = await createDirectory()
  await writeFile(path.join(directory, 'lock'), '')

  await (await lockStore(directory)).release()
})

test('data of another release is refused', async () => {
  const directory = await createDirectory()
  await checkStoreVersion(directory)
  await checkStoreVersion(directory)
  await writeFile(path.join(directory, 'version.json'), '{ "format": 99 }')

  await expect(checkStoreVersion(directory)).rejects.toMatchObject({ code: 'NM7602' })
})
