import { closestMatch } from '../../config/closest-match.ts'
import type { DiagnosticCode } from '../../diagnostics/catalogue.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { ScheduleModel } from '../../model/model.ts'
import type { CrossCheck } from '../cross-check.ts'
import { createCronCheck } from './cron.ts'

/** Schedules whose job, cron expression or time zone can't be. */
export async function checkSchedules(input: CrossCheck): Promise<Diagnostic[]> {
  const schedules = Object.entries(input.model.schedules)
  if (schedules.length === 0) return []
  const describeCron = await createCronCheck()
  return schedules.flatMap(([name, schedule]) =>
    [
      unknownJob(input, schedule),
      badCron(schedule, describeCron(schedule.cron)),
      badTimeZone(schedule),
    ].flatMap((problem) => {
      if (problem === undefined) return []
      const { code, option, message, hint } = problem
      const configPath = `scheduler.${name}.${option}`
      const at = input.locate(configPath)
      return [createDiagnostic(code, { message, hint, configPath, at })]
    }),
  )
}

interface Problem {
  readonly code: DiagnosticCode
  readonly option: keyof ScheduleModel
  readonly message: string
  readonly hint?: string | undefined
}

function unknownJob({ model }: CrossCheck, { job }: ScheduleModel): Problem | undefined {
  const jobs = Object.entries(model.apps).flatMap(([app, one]) =>
    Object.keys(one.jobs).map((name) => `${app}/${name}`),
  )
  if (jobs.includes(job)) return undefined
  const [app = ''] = job.split('/')
  const match = closestMatch(job, jobs)
  const list = jobs.length > 0 ? `The jobs are ${jobs.join(', ')}.` : undefined
  return {
    code: 'NM3030',
    option: 'job',
    message: Object.hasOwn(model.apps, app)
      ? `There is no job '${job}'.`
      : `There is no job '${job}', nor an app '${app}'.`,
    hint: match === undefined ? list : `Did you mean '${match}'?`,
  }
}

function badCron({ cron }: ScheduleModel, problem: string | undefined): Problem | undefined {
  if (problem === undefined) return undefined
  const message = `'${cron}' is no cron expression: ${problem}.`
  return { code: 'NM3031', option: 'cron', message }
}

function badTimeZone({ timezone }: ScheduleModel): Problem | undefined {
  if (isTimeZone(timezone)) return undefined
  const match = closestMatch(timezone, ['UTC', ...Intl.supportedValuesOf('timeZone')])
  return {
    code: 'NM3032',
    option: 'timezone',
    message: `There is no time zone '${timezone}'.`,
    hint: match === undefined ? undefined : `Did you mean '${match}'?`,
  }
}

// Offsets are refused by some versions of Node and taken by others.
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
