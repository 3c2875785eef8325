import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import type { Model } from '../model/model.ts'
import { checkEmptyApps } from './checks/empty-apps.ts'
import { checkFoldedRoutes } from './checks/folded-routes.ts'
import { checkTransports } from './checks/transports.ts'

export interface CrossCheck {
  readonly config: ResolvedConfig
  readonly model: Model
  /** Where an option of the config is written: `apps.shop.transports`. */
  readonly locate: (path: string) => SourcePlace | undefined
}

/** One thing that must hold between the applications, or between them and the config. */
type Check = (input: CrossCheck) => Diagnostic[]

const checks: readonly Check[] = [checkFoldedRoutes, checkEmptyApps, checkTransports]

/** Checks what no single application can know. Reports everything that it finds. */
export function crossCheck(input: CrossCheck): Diagnostic[] {
  return checks.flatMap((check) => check(input))
}
