import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Diagnostic, SourcePlace } from '../diagnostics/diagnostic.ts'
import type { Model } from '../model/model.ts'
import { checkEmptyApps } from './checks/empty-apps.ts'
import { checkFoldedNames } from './checks/folded-names.ts'
import { checkPools } from './checks/pools.ts'
import { checkSchedules } from './checks/schedules.ts'
import { checkTransports } from './checks/transports.ts'

export interface CrossCheck {
  readonly config: ResolvedConfig
  readonly model: Model
  /** Where an option of the config is written: `apps.shop.transports`. */
  readonly locate: (path: string) => SourcePlace | undefined
}

/** One thing that must hold between the applications, or between them and the config. */
type Check = (input: CrossCheck) => Diagnostic[] | Promise<Diagnostic[]>

const checks: readonly Check[] = [
  checkFoldedNames,
  checkEmptyApps,
  checkTransports,
  checkPools,
  checkSchedules,
]

/** Checks what no single application can know. Reports everything that it finds. */
export async function crossCheck(input: CrossCheck): Promise<Diagnostic[]> {
  const found = await Promise.all(checks.map((check) => check(input)))
  return found.flat()
}
