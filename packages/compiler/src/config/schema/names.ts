import { z } from 'zod'

/** What every name is made of: apps, transports, pools, schedules, and the segments of routes. */
export const namePattern: RegExp = /^[a-z][a-zA-Z0-9]*$/

/** The system answers under these names itself. */
const ownRoutes: ReadonlySet<string> = new Set(['healthz', 'readyz', 'docs', 'ws', '_neemata'])

// `inject.apps` has apps as properties: these would hide what every object has, or make it a promise.
const objectWords: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'then',
])

const malformed =
  'must begin with a lower-case letter and hold only letters and digits ([a-z][a-zA-Z0-9]*)'

/** A key that names something. */
export const nameSchema = z.string().regex(namePattern, { error: malformed })

/** A key that names an app. */
export const appNameSchema = z.string().check(({ value, issues }) => {
  if (ownRoutes.has(value) || objectWords.has(value)) {
    const message = ownRoutes.has(value)
      ? 'is reserved: the system itself answers under it'
      : 'is reserved: generated code could not use it as a property'
    issues.push({ code: 'custom', input: value, message, params: { code: 'NM1031' } })
  } else if (!namePattern.test(value)) {
    issues.push({ code: 'custom', input: value, message: malformed, params: { code: 'NM1030' } })
  }
})
