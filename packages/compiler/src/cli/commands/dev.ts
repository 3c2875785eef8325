import { DevSession, type DevReport } from '../../dev/dev-session.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { formatDuration } from '../format-quantity.ts'

/** `neemata dev`: serves from the sources until it is told to end by a signal. */
export async function dev(
  options: CommonOptions,
  print: (result: CommandResult) => Promise<void>,
): Promise<CommandResult> {
  let printing = Promise.resolve()
  const session = new DevSession({
    ...options,
    onReport(report) {
      printing = printing.then(() => print(describe(report)))
    },
  })
  // Watchers and the server keep the process alive; should there be neither, it must not just end.
  const keepAlive = setInterval(() => {}, 2 ** 30)
  try {
    await runUntilSignal(session)
  } finally {
    clearInterval(keepAlive)
  }
  await printing
  return { root: options.cwd, diagnostics: [] }
}

function runUntilSignal(session: DevSession): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  return new Promise((resolve, reject) => {
    let stopping = false
    const stop = (): void => {
      // Whoever asks a second time does not want to wait.
      if (stopping) return session.kill()
      stopping = true
      session.stop().then(resolve, reject)
    }
    for (const signal of signals) process.on(signal, stop)
    session.run().catch(reject)
  })
}

function describe(report: DevReport): CommandResult {
  const { root, event, diagnostics, duration, changed } = report
  const apps = report.apps ?? []
  const time = formatDuration(duration)
  const texts = {
    started: `Started in ${time}. Watching for changes.${describeThreads(report)}`,
    restarted: `Restarted in ${time}, because the topology changed.${describeThreads(report)}`,
    swapped: apps
      .map(({ name }) => `Swapped ${name} in ${time} (${listFiles(changed)}).`)
      .join('\n'),
    unchanged: undefined,
    failed: 'Waiting for changes; what ran before goes on.',
    ended: 'Waiting for changes.',
  }
  const text = texts[event]
  return {
    root,
    diagnostics,
    data: { event, duration, changed, apps },
    ...(text !== undefined && { text }),
  }
}

function describeThreads({ inline }: DevReport): string {
  return inline === true ? '\nWhile developing, apps run in one thread, not in their slots.' : ''
}

function listFiles(files: readonly string[]): string {
  const [first = 'generated files', ...others] = files
  return others.length > 0 ? `${first} and ${others.length} more` : first
}
