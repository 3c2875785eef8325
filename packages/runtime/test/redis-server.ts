import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

/** A real Redis on a port of its own, with nothing on disk. */
export interface RedisServer {
  readonly url: string
  /** Starts it on the same port again after `kill`. */
  restart(): Promise<void>
  /** As a power cut would. */
  kill(): Promise<void>
}

export async function startRedisServer(): Promise<RedisServer> {
  const port = await findPort()
  let child = await run(port)
  return {
    url: `redis://127.0.0.1:${port}`,
    async restart() {
      child = await run(port)
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function run(port: number): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', '/tmp']
  const child = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const log: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    log.push(line)
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume()
      return child
    }
  }
  throw new Error(`redis-server did not start:\n${log.join('\n')}`)
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
