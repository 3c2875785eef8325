import { ApiError, type Schema } from '@neemata/application'

import type { BoundProcedure } from '../apps/bind-app.ts'
import type { AppContext } from '../apps/app-context.ts'
import { NeemataError } from '../errors/neemata-error.ts'
import { createContextSource } from './context-source.ts'
import type { Plan } from './plan.ts'
import { createValidate, type Issue, type Validate } from './validate.ts'

export type PlanHome = Pick<AppContext, 'name' | 'container' | 'services'>

/** Makes a procedure's plan; the app's global values must exist. */
export function createPlan(bound: BoundProcedure, app: PlanHome): Plan {
  const { path, procedure, registry, guards, middleware, filters } = bound.loaded
  const { container, services } = app
  const name = `${app.name}/${path}`
  const contexts = (lists: BoundProcedure['guards']) =>
    lists.map((dependencies) => createContextSource(dependencies, container))
  const around = zip(middleware, contexts(bound.middleware))
  const before = zip(guards, contexts(bound.guards))
  const after = zip(filters, contexts(bound.filters))
  return {
    app: app.name,
    procedure: path,
    kind: registry.kind,
    readonly: registry.readonly,
    timeout: 'timeout' in procedure ? (procedure.timeout ?? services.callTimeout) : Infinity,
    validateInput: createValidate(procedure.input, refuseInput),
    validateOutput: createOutputValidate(procedure.output, name),
    context: createContextSource(bound.dependencies, container),
    handler: procedure.handler,
    middleware: around.map(([{ handler }, context]) => ({ handler, context })),
    guards: before.map(([{ handler }, context]) => ({ handler, context })),
    // The other way round than everything else: from the handler outwards.
    filters: after.map(([{ error, handler }, context]) => ({ error, handler, context })).reverse(),
  }
}

function createOutputValidate(schema: Schema | undefined, name: string): Validate | undefined {
  return createValidate(schema, (issues) => refuseOutput(name, issues))
}

function refuseInput(issues: readonly Issue[]): ApiError {
  return new ApiError('validation_failed', 'The input is not valid.', { issues })
}

function refuseOutput(name: string, issues: readonly Issue[]): NeemataError {
  const lines = issues.map(({ path, message }) => `${path.join('.') || 'the output'}: ${message}`)
  return new NeemataError(
    'NM7305',
    `The handler of ${name} returned or yielded what its output schema refuses. ${lines.join('; ')}`,
  )
}

function zip<A, B>(left: readonly A[], right: readonly B[]): (readonly [A, B])[] {
  return left.map((item, index) => [item, right[index] as B] as const)
}
