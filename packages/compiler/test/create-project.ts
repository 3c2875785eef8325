import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { onTestFinished } from 'vitest'

/** A real project in a temporary folder, removed when the test ends. */
export interface Project {
  /** Absolute, without symbolic links. */
  readonly root: string
  write(path: string, text: string): void
  read(path: string): string
  path(path: string): string
}

const repository: string = fileURLToPath(new URL('../../../', import.meta.url))

/** Makes a project of the given files; `packages` are linked from this repository's node_modules. */
export function createProject(
  files: Readonly<Record<string, string>>,
  packages: readonly string[] = [],
): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'neemata-test-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const project: Project = {
    root,
    path: (path) => join(root, path),
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
  }
  project.write('package.json', '{ "type": "module" }\n')
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  for (const name of packages) linkPackage(root, name)
  return project
}

function linkPackage(root: string, name: string): void {
  const link = join(root, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(join(repository, 'node_modules', name), link)
}
