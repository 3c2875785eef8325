// Built as dist/worker.js, where the threads of a process start.
// Before the rest is loaded: Node reads the source map of a module when it loads the module.
process.setSourceMapsEnabled(true)

const { runWorker } = await import('neemata/runtime')

await runWorker(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  { mode: 'production' },
)

export {}
