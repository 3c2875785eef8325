import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

import { compile } from '../../compile.ts'
import { findConfigFile } from '../../config/load/find-config-file.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Model } from '../../model/model.ts'
import type { CommandResult, CommonOptions } from '../command.ts'
import { findLastBuild } from '../last-build.ts'

export interface DescribeModelOptions extends CommonOptions {
  /** Read the output of the last build, not the sources. */
  readonly dist: boolean
}

type Describe = (model: Model) => Pick<CommandResult, 'data' | 'text'>

/**
 * Says something about the system, from its sources or from what was built. Nothing of it runs.
 *
 * @returns the description, or what stands in the way of the Model
 */
export async function describeModel(
  options: DescribeModelOptions,
  describe: Describe,
): Promise<CommandResult> {
  const found = findConfigFile(options)
  const root = 'file' in found ? dirname(found.file) : options.cwd
  if (options.dist || ('diagnostic' in found && options.config === undefined)) {
    const file = findModelFile(root, options.cwd)
    // Without a config and without an output it is the config that is missing.
    if (options.dist || file !== undefined) return describeOutput(file, root, describe)
  }
  const { loaded, model, diagnostics } = await compile(options)
  const result = { root: loaded?.root ?? root, diagnostics }
  return model === undefined ? result : { ...result, ...describe(model) }
}

/** Beside us, if this is the output itself; else where the last build went. */
function findModelFile(root: string, cwd: string): string | undefined {
  const candidates = [join(resolve(root, findLastBuild(root)), 'model.json')]
  if (existsSync(join(cwd, 'main.js'))) candidates.unshift(join(cwd, 'model.json'))
  return candidates.find((file) => existsSync(file))
}

function describeOutput(file: string | undefined, root: string, describe: Describe): CommandResult {
  if (file === undefined) {
    const message = `There is no ${findLastBuild(root)}/model.json.`
    return { root, diagnostics: [createDiagnostic('NM5008', { message })] }
  }
  const model = readModel(file)
  if (model === undefined) {
    const message = `${relative(root, file)} is not of this version of Neemata.`
    return { root, diagnostics: [createDiagnostic('NM5008', { message })] }
  }
  return { root, diagnostics: [], ...describe(model) }
}

function readModel(file: string): Model | undefined {
  try {
    const model = JSON.parse(readFileSync(file, 'utf8')) as Model
    return model.version === 1 ? model : undefined
  } catch {
    return undefined
  }
}
