// Built as dist/main.js. Nothing is imported before the two checks below.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `This server needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer Node (https://nodejs.org) and start it again.`,
  )
  process.exit(1)
}

// Before the rest is loaded: Node reads the source map of a module when it loads the module.
process.setSourceMapsEnabled(true)

const { features } = await import('#features')
const { runProcess } = await import('neemata/runtime')

await runProcess(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  {
    mode: 'production',
    worker: features.workers ? new URL('./worker.js', import.meta.url) : undefined,
  },
)

export {}
