import { isEnvReference } from '../declare/env-reference.ts'
import { formatPath } from '../issues/config-path.ts'
import { describeValue } from '../issues/describe-value.ts'
import type { ResolvedSchedule } from '../resolved-config.ts'
import { nameSchema } from '../schema/names.ts'
import { scheduleSchema } from '../schema/scheduler.ts'
import { resolveNames } from './names.ts'
import type { ResolveContext } from './resolve-context.ts'

/**
 * The schedules by name. Whether their jobs exist, and whether they ever fire, is checked once the
 * applications are known.
 */
export function resolveScheduler(
  context: ResolveContext,
): Readonly<Record<string, ResolvedSchedule>> {
  if (context.value(['scheduler']) === undefined) return {}
  const names = resolveNames(context, 'scheduler', nameSchema)
  const schedules = names.flatMap((name): [string, ResolvedSchedule][] => {
    const path = ['scheduler', name]
    const writable = checkData(context, [...path, 'input'])
    const schedule = context.parse(scheduleSchema, path)
    if (!writable || !schedule) return []
    const { input, ...rest } = schedule
    // A copy: the resolved config is frozen, and what the user wrote stays as it is.
    return [[name, input === undefined ? rest : { ...rest, input: structuredClone(input) }]]
  })
  return Object.fromEntries(schedules)
}

/** Tells whether a value can be written into generated code as data; reports the parts that can't. */
function checkData(context: ResolveContext, path: readonly PropertyKey[]): boolean {
  const value = context.value(path)
  if (isEnvReference(value)) {
    const message = `${formatPath(path)} can't be a reference, and it is ${describeValue(value)}.`
    context.report('NM1025', { path, message })
    return false
  }
  if (isScalar(value)) return true
  const nested = typeof value === 'object' && value !== null && isPlain(value)
  // A circle would have no end; nothing real nests this deep.
  if (!nested || path.length > maxDepth) {
    const message = `${formatPath(path)} must be plain data (null, booleans, finite numbers, texts, lists and objects of them), and it is ${nested ? 'nested too deep' : describeValue(value)}.`
    context.report('NM1024', { path, message })
    return false
  }
  return Object.keys(value)
    .map((key) => checkData(context, [...path, key]))
    .every((good) => good)
}

const maxDepth = 64

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return (
    value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean'
  )
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === Object.prototype || prototype === null
}
