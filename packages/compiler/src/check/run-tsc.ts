import { execFile } from 'node:child_process'

import type { InstalledTypeScript } from './find-typescript.ts'
import { readTscOutput, type TscOutput } from './read-tsc-output.ts'

/** Type-checks a project in a process of its own, and reads what it says. */
export function runTsc(options: {
  readonly typescript: InstalledTypeScript
  /** The project root, absolute: the working directory, which file names are relative to. */
  readonly root: string
  /** The tsconfig, absolute. */
  readonly project: string
}): Promise<TscOutput & { readonly failed: boolean }> {
  const { typescript, root, project } = options
  const flags = ['--noEmit', '--pretty', 'false', '--listFiles', '--project', project]
  // Several checkers each check the types of libraries anew, which costs more than it gains.
  if (Number.parseInt(typescript.version, 10) >= 7) flags.push('--checkers', '1')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [typescript.script, ...flags],
      { cwd: root, maxBuffer: Infinity },
      (error, stdout, stderr) =>
        resolve({ ...readTscOutput(`${stdout}\n${stderr}`), failed: error !== null }),
    )
  })
}
