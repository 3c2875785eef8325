import type { z } from 'zod'

import type { DiagnosticCode } from '../../diagnostics/catalogue.ts'
import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic, RelatedPlace } from '../../diagnostics/diagnostic.ts'
import { formatPath, valueAt } from '../issues/config-path.ts'
import { createIssueDiagnostics } from '../issues/report-issues.ts'
import type { LoadedConfig } from '../load.ts'

export interface OptionReport {
  readonly path: readonly PropertyKey[]
  /** Point at the key instead of its value. */
  readonly key?: boolean
  readonly message: string
  readonly hint?: string | undefined
  readonly related?: readonly RelatedPlace[]
}

/** What every resolver works with. */
export interface ResolveContext {
  readonly loaded: LoadedConfig
  /** The value at a path of the config, unchecked. */
  value(path: readonly PropertyKey[]): unknown
  /** Checks the value at a path; `undefined` after reporting what is wrong with it. */
  parse<Schema extends z.ZodType>(
    schema: Schema,
    path: readonly PropertyKey[],
  ): z.output<Schema> | undefined
  /** Reports something about an option. */
  report(code: DiagnosticCode, report: OptionReport): void
}

/** Makes the context of one resolution; what is reported is added to `diagnostics`. */
export function createResolveContext(
  loaded: LoadedConfig,
  diagnostics: Diagnostic[],
): ResolveContext {
  const value = (path: readonly PropertyKey[]): unknown => valueAt(loaded.value, path)
  return {
    loaded,
    value,
    parse(schema, path) {
      const result = schema.safeParse(value(path))
      if (result.success) return result.data
      diagnostics.push(...createIssueDiagnostics(loaded, result.error, path))
      return undefined
    },
    report(code, { path, key, ...details }) {
      const at = loaded.locate(path, { key: key ?? false })
      diagnostics.push(createDiagnostic(code, { ...details, at, configPath: formatPath(path) }))
    },
  }
}
