/**
 * What the thread of the embedded database runs: CommonJS source, started with `eval`. As text it needs
 * no file of its own, so it works the same from sources, from a built package, and inside a bundle
 * whose files have other names. It is kept to the bare minimum: statements in, rows and notifications
 * out; everything else is on the typed side of the port.
 *
 * Each statement with parameters is prepared once, by name, and takes one step through the engine. All
 * clients share one session, so an unnamed statement could be replaced between two steps. A message per
 * statement also lets timers run between statements, which the queue engine's loops rely on.
 */
export const engineSource: string = /* js */ `
'use strict'
const { parentPort, workerData } = require('node:worker_threads')

async function main() {
  const { PGlite, protocol } = await import(workerData.module)
  const { serialize } = protocol
  const db = await PGlite.create({
    dataDir: workerData.dataDir,
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=8MB', '-c', 'jit=off'],
  })
  const ports = new Set()
  const prepared = new Map()
  let queue = Promise.resolve()
  let sinceCleaning = 0

  const step = (...parts) =>
    db.runExclusive(async () => {
      const { messages } = await db.execProtocol(Buffer.concat(parts), { throwOnError: true })
      return messages
    })
  const readFields = (messages) =>
    (messages.findLast((message) => message.name === 'rowDescription')?.fields ?? []).map(
      ({ name, dataTypeID }) => ({ name, type: dataTypeID }),
    )
  const readRows = (messages) => {
    const from = messages.findLastIndex((message) => message.name === 'rowDescription')
    return messages
      .slice(Math.max(from, 0))
      .filter((message) => message.name === 'dataRow')
      .map((message) => message.fields)
  }

  async function prepare(text) {
    const name = 's' + prepared.size
    const messages = await step(
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    )
    const statement = { name, fields: readFields(messages) }
    prepared.set(text, statement)
    return statement
  }
  async function run(text, values) {
    if (!values) {
      const messages = await step(serialize.query(text))
      return { fields: readFields(messages), rows: readRows(messages) }
    }
    const { name, fields } = prepared.get(text) ?? (await prepare(text))
    const messages = await step(
      serialize.bind({ statement: name, values }),
      serialize.execute({}),
      serialize.sync(),
    )
    return { fields, rows: readRows(messages) }
  }
  async function clean() {
    await step(serialize.query('VACUUM'))
    await step(serialize.query('CHECKPOINT'))
  }
  function enqueue(work) {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }
  function attach(port) {
    ports.add(port)
    port.on('close', () => ports.delete(port))
    port.on('message', ({ id, text, values }) => {
      enqueue(() => run(text, values)).then(
        (result) => port.postMessage({ id, result }),
        ({ message, code, detail }) => port.postMessage({ id, error: { message, code, detail } }),
      )
      if (++sinceCleaning < workerData.cleanEvery) return
      sinceCleaning = 0
      enqueue(clean).catch(() => undefined)
    })
  }

  for (const statement of workerData.prelude) await step(serialize.query(statement))
  db.onNotification((channel, payload) => {
    for (const port of ports) port.postMessage({ channel, payload })
  })
  parentPort.on('message', ({ type, port }) => {
    if (type === 'attach') return attach(port)
    enqueue(clean)
      .catch(() => undefined)
      .then(() => db.close())
      .catch(() => undefined)
      .then(() => process.exit(0))
  })
  parentPort.postMessage({ type: 'ready' })
}

main().catch((error) => {
  parentPort.postMessage({ type: 'failed', message: String(error?.message ?? error) })
})
`
