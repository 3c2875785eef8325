import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

import { environment, type RunOptions } from './run-node.ts'

/** A server in a process of its own. */
export interface StartedNode extends AsyncDisposable {
  readonly pid: number
  /** The address that it printed; empty where it listens nowhere. */
  readonly url: string
  /** Everything that it has printed so far, on both streams. */
  output(): string
  /**
   * Resolves to the first line with this in it that it prints, or has printed after so many characters.
   * Rejects if it ends without.
   */
  line(part: RegExp, after?: number): Promise<string>
  kill(signal: NodeJS.Signals): void
  /** Resolves when it has ended, to its exit code or the signal's name. */
  readonly ended: Promise<number | string>
}

/** Starts a script with this Node and waits until it prints where it listens, or that it does nowhere. */
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
  const find = (pattern: RegExp, after = 0) =>
    Promise.race([
      printed.find(pattern, after),
      ended.then((code) => {
        throw new Error(`ended with ${code} before it said ${pattern.source}:\n${printed.text()}`)
      }),
    ])
  const [, url = ''] = await find(/listening on (http:\/\/[\w.:[\]]+)|running, without a transport/)
  return {
    pid: child.pid ?? 0,
    url,
    output: printed.text,
    line: async (part, after) =>
      (await find(new RegExp(`^.*(?:${part.source}).*(?=\\n)`, 'm'), after))[0],
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
    /** The first match after so many characters. */
    find: (pattern: RegExp, after: number) =>
      new Promise<RegExpExecArray>((resolve) => {
        const look = () => {
          const match = pattern.exec(all.slice(after))
          if (!match) return
          listeners.delete(look)
          resolve(match)
        }
        listeners.add(look)
        look()
      }),
  }
}
