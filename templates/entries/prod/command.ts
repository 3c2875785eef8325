// Built as dist/command.js: `node dist/command.js <app>/<command>`. Nothing is imported before the two
// checks below.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `This program needs Node 20.19 or newer, and this is ${process.versions.node}. Install a newer Node (https://nodejs.org) and start it again.`,
  )
  process.exit(1)
}

// Before the rest is loaded: Node reads the source map of a module when it loads the module.
process.setSourceMapsEnabled(true)

const { runCommand } = await import('neemata/runtime')

await runCommand(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  process.argv.slice(2),
  { mode: 'production' },
)

export {}
