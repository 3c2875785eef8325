import { formatCount } from '../format-quantity.ts'
import type { AppDescription, SystemDescription } from './describe-system.ts'

/** The description for people: a paragraph per app, then what they share. */
export function renderSystem({ apps, schedules, slots, pools }: SystemDescription): string {
  const paragraphs = [
    ...Object.entries(apps).map(([name, app]) => renderApp(name, app)),
    renderSchedules(schedules),
    renderList(
      'slots',
      slots.map((names, slot) => [String(slot), names.join(', ') || 'no app']),
    ),
    renderList(
      'pools',
      Object.entries(pools).map(([name, { threads, concurrency, jobs }]) => [
        name,
        `${formatCount(threads, 'thread')}, ${concurrency} at once: ${jobs.join(', ') || 'no job'}`,
      ]),
    ),
  ]
  return paragraphs.filter((text) => text !== '').join('\n\n')
}

/** Empty if there are none. */
export function renderSchedules(schedules: SystemDescription['schedules']): string {
  return renderList(
    'schedules',
    Object.entries(schedules).map(([name, { job, cron, timezone, next }]) => {
      const upcoming = next[0] === undefined ? 'never runs' : `next ${next.join(', ')}`
      return [name, `${job} at '${cron}' ${timezone}, ${upcoming}`]
    }),
  )
}

function renderApp(name: string, app: AppDescription): string {
  const over = app.transports.length === 0 ? [] : [`over ${app.transports.join(', ')}`]
  const procedures = app.procedures.map((path) =>
    app.streams.includes(path) ? `${path} (stream)` : path,
  )
  return renderList(
    `${name}: ${[app.type, ...describePlacement(app), ...over].join(', ')}`,
    [
      ...(procedures.length > 0 ? [['procedures', procedures.join(', ')] as const] : []),
      ...(app.jobs.length > 0 ? [['jobs', app.jobs.join(', ')] as const] : []),
      ...(app.commands.length > 0 ? [['commands', app.commands.join(', ')] as const] : []),
      ...(app.plugins.length > 0 ? [['plugins', app.plugins.join(', ')] as const] : []),
    ],
    { always: true },
  )
}

/** Worker apps run in the threads of their jobs' pools. */
function describePlacement({ type, placement }: AppDescription): string[] {
  if (type === 'worker') return []
  if (placement === 'inline') return ['inline']
  return [`${placement.length === 1 ? 'slot' : 'slots'} ${placement.join(', ')}`]
}

function renderList(
  title: string,
  rows: readonly (readonly [string, string])[],
  { always = false }: { readonly always?: boolean } = {},
): string {
  if (rows.length === 0) return always ? title : ''
  const width = Math.max(...rows.map(([label]) => label.length))
  return [title, ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)].join('\n')
}
