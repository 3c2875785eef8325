import type { AppModel, Model, ProcedureModel } from '../model/model.ts'
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

function sortModel({ version, apps }: Model): Model {
  return { version, apps: mapSorted(apps, sortApp) }
}

function sortApp(app: AppModel): AppModel {
  const { type, application, procedures, transports, slots } = app
  return { type, application, transports, slots, procedures: mapSorted(procedures, sortProcedure) }
}

function sortProcedure(procedure: ProcedureModel): ProcedureModel {
  const { kind, readonly, source, guards, middleware, filters, at } = procedure
  return { kind, readonly, source, guards, middleware, filters, at }
}
