import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { CrossCheck } from '../cross-check.ts'

/** Apps that no transport leads to, and transports that lead to no app. */
export function checkTransports(input: CrossCheck): Diagnostic[] {
  return [...unreachableApps(input), ...unusedTransports(input)]
}

function unreachableApps({ model, locate }: CrossCheck): Diagnostic[] {
  return Object.entries(model.apps).flatMap(([name, app]) => {
    if (app.type !== 'api' || app.transports.length > 0) return []
    const configPath = `apps.${name}.transports`
    const message = `No transport leads to the application "${name}".`
    const at = locate(configPath) ?? locate(`apps.${name}`)
    return [createDiagnostic('NM3020', { message, configPath, at })]
  })
}

function unusedTransports({ config, model, locate }: CrossCheck): Diagnostic[] {
  const named = Object.values(model.apps).flatMap(({ transports }) => transports)
  const listeners = Object.values(config.transports).flatMap((transport) =>
    transport.type === 'ws' ? [transport.listen] : [],
  )
  const used = new Set([...named, ...listeners])
  return Object.keys(config.transports).flatMap((name) => {
    if (used.has(name)) return []
    const configPath = `transports.${name}`
    const message = `No application uses the transport "${name}".`
    return [createDiagnostic('NM3021', { message, configPath, at: locate(configPath) })]
  })
}
