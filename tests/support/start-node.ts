import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import { environment, type RunOptions } from './run-node.ts'

/** A server in a process of its own. */
export interface StartedNode extends AsyncDisposable {
  readonly pid: number
  /** The address that it printed. */
  readonly url: string
  /** Everything that it has printed so far, on both streams. */
  output(): string
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended, to its exit code or the signal's name. */
  readonly ended: Promise<number | string>
}

/** Starts a script with this Node and waits until it prints the address that it listens on. */
export async function startNode(
  args: readonly string[],
  options: RunOptions,
): Promise<StartedNode> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: environment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = collectOutput(child)
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const url = await Promise.race([
    printed.find(/listening on (http:\/\/[\w.:[\]]+)/),
    ended.then((code) => {
      throw new Error(`ended with ${code} before it listened:\n${printed.text()}`)
    }),
  ])
  return {
    pid: child.pid ?? 0,
    url,
    output: printed.text,
    kill: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

function collectOutput(child: ChildProcess) {
  let all = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      all += chunk
      for (const listener of listeners) listener()
    })
  }
  return {
    text: () => all,
    /** The first group of the first match. */
    find: (pattern: RegExp) =>
      new Promise<string>((resolve) => {
        const look = () => {
          const match = pattern.exec(all)
          if (match?.[1] === undefined) return
          listeners.delete(look)
          resolve(match[1])
        }
        listeners.add(look)
        look()
      }),
  }
}
