import { type MessagePort, MessageChannel, Worker } from 'node:worker_threads'

import { NeemataError } from '../../errors/neemata-error.ts'
import { engineSource } from './engine-source.ts'

/** The database of the embedded store, in a thread of its own. */
export interface Engine {
  /** A new line to the database; give the port to the thread that will use it. */
  createPort(): MessagePort
  /** Writes everything to disk and ends the thread. */
  close(): Promise<void>
}

export interface EngineOptions {
  /** A directory, or `memory://`. */
  readonly dataDir: string
  /** Called if the thread ends by itself. */
  readonly onCrash: (error: Error) => void
}

/**
 * Starts the thread and opens the database.
 * @throws NeemataError NM7603 if that fails
 */
export async function startEngine({ dataDir, onCrash }: EngineOptions): Promise<Engine> {
  const worker = new Worker(engineSource, {
    eval: true,
    name: 'neemata jobs store',
    workerData: { module: await locateEngine(), dataDir, prelude, cleanEvery },
  })
  let closing = false
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  await waitUntilReady(worker)
  worker.on('error', (error) => {
    if (!closing) onCrash(error instanceof Error ? error : new Error(String(error)))
  })
  worker.on('exit', (code) => {
    if (!closing) onCrash(new Error(`The thread of the jobs store ended with code ${code}.`))
  })
  return {
    createPort() {
      const { port1, port2 } = new MessageChannel()
      worker.postMessage({ type: 'attach', port: port1 }, [port1])
      return port2
    },
    async close() {
      closing = true
      worker.postMessage({ type: 'close' }, [])
      await ended
    },
  }
}

/** The channels on which the queue engine and `cancel` notify; one session listens for all. */
const prelude: readonly string[] = [
  'CREATE SCHEMA IF NOT EXISTS bullmq',
  'SET search_path TO bullmq',
  'LISTEN bullmq_jobs',
  'LISTEN bullmq_events',
  'LISTEN neemata_signals',
]

/** Statements between two rounds of VACUUM and CHECKPOINT, which this engine never does by itself. */
const cleanEvery = 20_000

/**
 * Where the engine's module is. The import looks idle, but it is what makes bundlers and tracers take
 * the package along, and it fails here, with a readable stack, if the package is missing.
 */
async function locateEngine(): Promise<string> {
  try {
    await import('@electric-sql/pglite')
    return import.meta.resolve('@electric-sql/pglite')
  } catch (cause) {
    throw new NeemataError('NM7603', 'The package @electric-sql/pglite can not be loaded.', {
      cause,
    })
  }
}

function waitUntilReady(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: unknown) => {
      void worker.terminate()
      const message = reason instanceof Error ? reason.message : String(reason)
      reject(new NeemataError('NM7603', `The embedded jobs store did not start: ${message}`))
    }
    worker.once('error', fail)
    worker.once('message', (message: { type: 'ready' } | { type: 'failed'; message: string }) => {
      worker.off('error', fail)
      if (message.type === 'ready') resolve()
      else fail(message.message)
    })
  })
}
