import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import { onTestFinished } from 'vitest'

import { cliScript } from './build-cli.ts'

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  /** For Node itself. */
  readonly nodeArguments?: readonly string[]
}

/** A command that goes on. */
export interface CliProcess {
  readonly child: ChildProcess
  /** Everything that it has printed so far. */
  output(): string
  /** Resolves with the first match in what is printed after `from`; rejects if the process ends before. */
  waitFor(pattern: RegExp, from?: number): Promise<RegExpExecArray>
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** Runs a command to its end. */
export async function runCliScript(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const child = start(args, options)
  const stdout = collect(child.stdout!)
  const stderr = collect(child.stderr!)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: stdout(), stderr: stderr() }
}

/** Starts a command that goes on; ended with the test at the latest. */
export function startCliScript(args: readonly string[], options: CliOptions): CliProcess {
  const child = start(args, options)
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
  })
  let text = ''
  let isOver = false
  let wake = (): void => {}
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
      wake()
    })
  }
  child.once('close', () => {
    isOver = true
    wake()
  })
  return {
    child,
    output: () => text,
    async waitFor(pattern, from = 0) {
      for (;;) {
        const match = pattern.exec(text.slice(from))
        if (match !== null) return match
        if (isOver) throw new Error(`It ended without ${pattern}:\n${text}`)
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    async end(signal) {
      child.kill(signal)
      const [code, by] = (await ended) as [number | null, NodeJS.Signals | null]
      return { code, signal: by }
    },
  }
}

function start(args: readonly string[], options: CliOptions): ChildProcess {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  return spawn(process.execPath, [...(options.nodeArguments ?? []), cliScript, ...args], {
    cwd: options.cwd,
    env: { ...env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  return () => text
}
