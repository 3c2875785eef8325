import { runProcess } from 'neemata/runtime'

// The dev session holds the other end of this channel. When it is gone, however it ended, so are we.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()

await runProcess(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  { mode: 'development' },
)
