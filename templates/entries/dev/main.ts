import { runProcess, type Runtime } from 'neemata/runtime'

// The dev session holds the other end of this channel. When it is gone, however it ended, so are we.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

/** The dev session exchanges its apps. No threads: what is edited has to be in one place. */
export const runtime: Runtime | undefined = await runProcess(
  async () => {
    const { config } = await import('#config')
    const { registry } = await import('#registry')
    return { registry, config }
  },
  { mode: 'development' },
)
