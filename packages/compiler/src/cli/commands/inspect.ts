import type { CommandResult } from '../command.ts'
import { describeModel, type DescribeModelOptions } from '../inspect/describe-model.ts'
import { describeSystem } from '../inspect/describe-system.ts'
import { renderSystem } from '../inspect/render-system.ts'

/** `neemata inspect`: what the system consists of, from its sources or from what was built. */
export function inspect(options: DescribeModelOptions): Promise<CommandResult> {
  return describeModel(options, (model) => {
    const system = describeSystem(model, new Date())
    return { data: { ...system }, text: renderSystem(system) }
  })
}
