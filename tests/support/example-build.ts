import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { repository } from './repository.ts'
import { type Finished, runNode } from './run-node.ts'
import { type StartedNode, startNode } from './start-node.ts'
import { createTemporaryProject } from './temporary-project.ts'

/** A build of the example in a temporary copy, each of whose processes runs in a folder of its own. */
export interface ExampleBuild extends AsyncDisposable {
  /** Starts `dist/main.js` on a free port, with the embedded store unless `env` names a Redis. */
  start(env?: Environment, ...args: string[]): Promise<StartedNode>
  /** Runs `dist/command.js` to its end. */
  command(...args: string[]): Promise<Finished>
}

type Environment = Readonly<Record<string, string>>

export interface ExampleChanges {
  /** By file, each text that is replaced, which must be there. */
  readonly edits: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** By where it goes, each file that is added. */
  readonly files?: Readonly<Record<string, string>>
}

/** Copies the example, changes the copy and builds it. */
export async function buildExample({ edits, files = {} }: ExampleChanges): Promise<ExampleBuild> {
  const project = await createTemporaryProject(path.join(repository, 'examples'), 'examples')
  for (const file of ['neemata.config.ts', 'package.json']) {
    await cp(path.join(repository, file), path.join(project.root, file))
  }
  for (const [to, from] of Object.entries(files)) await cp(from, path.join(project.root, to))
  for (const [file, replacements] of Object.entries(edits)) {
    await editFile(path.join(project.root, file), replacements)
  }
  const built = await project.neemata('build')
  if (built.code !== 0) throw new Error(`The example can't be built:\n${built.stderr}`)

  const folders: string[] = []
  // The embedded store belongs to one process for each folder.
  const createOptions = async (env: Environment) => {
    const cwd = await mkdtemp(path.join(tmpdir(), 'neemata-elsewhere-'))
    folders.push(cwd)
    return { cwd, env: { HOST: undefined, REDIS_URL: undefined, LOG_LEVEL: 'info', ...env } }
  }
  const dist = path.join(project.root, 'dist')
  return {
    start: async (env = {}, ...args) =>
      startNode([path.join(dist, 'main.js'), ...args], await createOptions({ PORT: '0', ...env })),
    command: async (...args) =>
      runNode([path.join(dist, 'command.js'), ...args], await createOptions({})),
    async [Symbol.asyncDispose]() {
      for (const folder of folders) await rm(folder, { recursive: true, force: true })
      await project[Symbol.asyncDispose]()
    },
  }
}

async function editFile(
  file: string,
  replacements: Readonly<Record<string, string>>,
): Promise<void> {
  let text = await readFile(file, 'utf8')
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`${file} does not say ${from}`)
    text = text.replace(from, () => to)
  }
  await writeFile(file, text)
}
