import type {
  AppModel,
  CommandModel,
  JobModel,
  Model,
  PluginModel,
  ProcedureModel,
  ScheduleModel,
  WorkersModel,
} from '../model/model.ts'
import type { Generator } from './generator.ts'
import { renderHeader } from './header.ts'
import { mapSorted } from './sorted.ts'

/** `generated/model.json`: the Model, for reviews. */
export const modelJson: Generator = {
  path: 'model.json',
  render({ config, model, version }) {
    const header = { '//': renderHeader({ version, config: config.file }) }
    return `${JSON.stringify({ ...header, ...sortModel(model) }, null, 2)}\n`
  },
}

function sortModel({ version, apps, schedules, workers }: Model): Model {
  return {
    version,
    apps: mapSorted(apps, sortApp),
    schedules: mapSorted(schedules, sortSchedule),
    workers: sortWorkers(workers),
  }
}

function sortApp(app: AppModel): AppModel {
  const { type, application, procedures, jobs, commands, plugins, transports, slots } = app
  return {
    type,
    ...(application !== undefined && { application }),
    transports,
    slots,
    plugins: plugins.map(sortPlugin),
    procedures: mapSorted(procedures, sortProcedure),
    jobs: mapSorted(jobs, sortJob),
    commands: mapSorted(commands, sortCommand),
  }
}

function sortProcedure(procedure: ProcedureModel): ProcedureModel {
  const { kind, readonly, source, guards, middleware, filters, at } = procedure
  return { kind, readonly, source, guards, middleware, filters, at }
}

function sortJob({ source, pool, at }: JobModel): JobModel {
  return { source, pool, at }
}

function sortCommand({ source, at }: CommandModel): CommandModel {
  return { source, at }
}

function sortPlugin({ name, source, at }: PluginModel): PluginModel {
  return { name, source, at }
}

function sortSchedule({ job, cron, timezone }: ScheduleModel): ScheduleModel {
  return { job, cron, timezone }
}

function sortWorkers({ api, jobs }: WorkersModel): WorkersModel {
  return {
    api: { threads: api.threads },
    jobs: mapSorted(jobs, ({ threads, concurrency }) => ({ threads, concurrency })),
  }
}
