// Runs one command: its name and its words are the arguments of the process.
import { runCommand } from 'neemata/runtime'

await runCommand(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  process.argv.slice(2),
  { mode: 'development', program: 'neemata command' },
)
