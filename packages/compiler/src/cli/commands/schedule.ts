import type { CommandResult } from '../command.ts'
import { describeModel, type DescribeModelOptions } from '../inspect/describe-model.ts'
import { describeSchedules } from '../inspect/describe-system.ts'
import { renderSchedules } from '../inspect/render-system.ts'

/**
 * `neemata schedule list`: the schedules of the config and when they come next. The times are counted
 * from the cron expressions; no store is asked, and no system needs to run.
 */
export function listSchedules(options: DescribeModelOptions): Promise<CommandResult> {
  return describeModel(options, (model) => {
    const schedules = describeSchedules(model, new Date())
    return {
      data: { schedules },
      text: renderSchedules(schedules) || 'The system has no schedules.',
    }
  })
}
