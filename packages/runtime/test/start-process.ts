import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

import { rolldown } from 'rolldown'

/** A child process that runs TypeScript sources of this package. */
export interface TestProcess {
  readonly child: ChildProcess
  /** What it has written so far. */
  readonly stdout: string[]
  readonly stderr: string[]
  /** The first line of standard output that contains the text, now or later. Rejects if it exits before. */
  line(text: string): Promise<string>
  /** The exit code, or the signal that ended it, when all output was read. */
  readonly exit: Promise<number | string>
}

/**
 * Bundles an entry of `test/processes`, since Node 20 runs no TypeScript, and gives a function that
 * runs it and one that removes it.
 */
export async function bundleProcess(entry: string): Promise<{
  start(env?: Readonly<Record<string, string>>, args?: readonly string[]): TestProcess
  remove(): Promise<void>
}> {
  const directory = await mkdtemp(path.join(tmpdir(), 'neemata-runtime-'))
  const file = path.join(directory, 'entry.mjs')
  const bundle = await rolldown({
    input: path.join(import.meta.dirname, 'processes', entry),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import'] },
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return {
    start: (env, args) => startProcess(file, env, args),
    remove: () => rm(directory, { recursive: true }),
  }
}

export function startProcess(
  file: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): TestProcess {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  const stderr: string[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => stdout.push(line))
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
  const exit = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)

  return {
    child,
    stdout,
    stderr,
    exit,
    line(text) {
      const known = stdout.find((line) => line.includes(text))
      if (known !== undefined) return Promise.resolve(known)
      return new Promise((resolve, reject) => {
        lines.on('line', (line) => {
          if (line.includes(text)) resolve(line)
        })
        void exit.then((code) =>
          reject(
            new Error(
              `exited with ${code} without "${text}":\n${[...stdout, ...stderr].join('\n')}`,
            ),
          ),
        )
      })
    },
  }
}
