import type { AppModel, ExportReference, Model } from '../model/model.ts'
import type { Generator } from './generator.ts'
import { fits, isIdentifier, renderKey, renderString, renderTypeAccess } from './literal.ts'
import { renderSpecifier } from './paths.ts'
import { sortedEntries } from './sorted.ts'

const path = 'contract.ts'

/** A level of the tree that procedure paths span. */
interface Level {
  procedure?: ExportReference
  readonly children: Map<string, Level>
}

/**
 * `generated/contract.ts`: the system as its callers see it, in types alone. Members are `typeof
 * import(...)`, which an editor resolves only when somebody asks for that member.
 */
export const contract: Generator = {
  path,
  render({ model }) {
    const apps = sortedEntries(model.apps).filter(([, app]) => app.type === 'api')
    const calls = apps.some(([, app]) => Object.keys(app.procedures).length > 0)
    const members = apps.map(([name, app]) => `  ${renderKey(name)}: ${renderApp(app)}\n`)
    return `${calls ? "import type { Call } from 'neemata'\n\n" : ''}/** Every application and what it answers, for clients and for calls between applications. */
export interface Contract ${renderMembers(members)}

/** Every job by its name, for \`inject.jobs\`. */
export interface Jobs ${renderMembers(renderJobs(model))}

declare module 'neemata' {
  interface Register {
    contract: Contract
    jobs: Jobs
  }
}
`
  },
}

function renderJobs(model: Model): string[] {
  const jobs = sortedEntries(model.apps).flatMap(([app, { jobs }]) =>
    sortedEntries(jobs).map(([name, job]) => [`${app}/${name}`, job.source] as const),
  )
  return jobs.map(([name, source]) => {
    const key = `${renderKey(name)}:`
    const line = `  ${key} ${renderTypeOf(source)}`
    return fits(line, { indent: '', lead: -1 })
      ? `${line}\n`
      : `  ${key}\n    ${renderTypeOf(source)}\n`
  })
}

function renderMembers(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{\n${members.join('')}}`
}

function renderApp(app: AppModel): string {
  const root: Level = { children: new Map() }
  for (const [name, procedure] of sortedEntries(app.procedures)) {
    let level = root
    for (const segment of name.split('/')) level = descend(level, segment)
    level.procedure = procedure.source
  }
  return renderChildren(root, '  ')
}

function descend(level: Level, segment: string): Level {
  const child = level.children.get(segment) ?? { children: new Map() }
  level.children.set(segment, child)
  return child
}

function renderChildren(level: Level, indent: string): string {
  const inner = `${indent}  `
  const lines = [...level.children].map(([name, child]) => {
    const key = `${renderKey(name)}: `
    return `${inner}${key}${renderLevel(child, { indent: inner, lead: key.length })}\n`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`
}

function renderLevel(level: Level, position: { indent: string; lead: number }): string {
  const { indent } = position
  if (level.procedure === undefined) return renderChildren(level, indent)
  const type = renderTypeOf(level.procedure)
  const line = `Call<${type}>`
  const call = fits(line, position) ? line : `Call<\n${indent}  ${type}\n${indent}>`
  return level.children.size === 0 ? call : `${renderChildren(level, indent)} & ${call}`
}

function renderTypeOf({ file, path: steps }: ExportReference): string {
  const module = `import(${renderString(renderSpecifier(path, file))})`
  const [name = '', ...rest] = steps
  if (rest.length === 0 && isIdentifier(name)) return `typeof ${module}.${name}`
  return `(typeof ${module})${renderTypeAccess(steps)}`
}
