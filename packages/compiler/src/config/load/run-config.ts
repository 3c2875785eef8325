import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import { isRuntimeOptions } from '../declare/define-runtime.ts'
import { bundleConfig, type ConfigBundle } from './bundle-config.ts'
import { importBundle } from './import-bundle.ts'
import type { LoadSession } from './load-session.ts'
import { shareTags } from './shared-tags.ts'
import { reportThrownError } from './thrown-error.ts'

const names = { tag: '__neemataTag', note: '__neemataNote' }

/**
 * Runs the config of a session. Without a result, the session has at least one diagnostic; nothing is
 * run if the sources alone gave one.
 */
export async function runConfig(session: LoadSession): Promise<{ value: object } | undefined> {
  const shared = shareTags(session.tags, names)
  try {
    const bundle = await bundleConfig(session, { names, banner: shared.banner })
    if (!bundle || session.diagnostics.length > 0) return undefined
    return await evaluate(session, bundle)
  } finally {
    shared.end()
  }
}

async function evaluate(
  session: LoadSession,
  bundle: ConfigBundle,
): Promise<{ value: object } | undefined> {
  const { path, namespace, failure } = await importBundle(session.root, bundle.code)
  if (failure) {
    reportThrownError(session, { error: failure.error, bundle, path })
    return undefined
  }
  return checkExport(session, namespace ?? {})
}

function checkExport(
  session: LoadSession,
  namespace: Readonly<Record<string, unknown>>,
): { value: object } | undefined {
  const value = namespace['default']
  if (isRuntimeOptions(value)) return { value }
  const module = session.modules.get(session.file)
  if (value === undefined && !('default' in namespace)) {
    session.diagnostics.push(
      createDiagnostic('NM1006', {
        message: `${session.relative(session.file)} has no default export.`,
        at: module?.source.place({ start: 0, end: 0 }),
      }),
    )
    return undefined
  }
  session.diagnostics.push(
    createDiagnostic('NM1007', {
      message: `The default export is ${describe(value)}, not what defineRuntime returned.`,
      ...(value instanceof Promise && {
        hint: 'Await it: `export default await …`. The config may use `await` at its top level.',
      }),
      at: module?.defaultExport && module.source.place(module.defaultExport),
    }),
  )
  return undefined
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value instanceof Promise) return 'a promise'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'a plain object' : `a ${typeof value}`
}
