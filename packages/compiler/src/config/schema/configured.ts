import { z } from 'zod'

import {
  envBrand,
  type EnvReference,
  type EnvType,
  type EnvVariable,
  isEnvReference,
} from '../declare/env-reference.ts'
import type { EnvironmentReference } from '../resolved-config.ts'

export interface ConfiguredOptions<Optional extends boolean> {
  /** The kinds of references that can hold such a value. The first is the one to recommend. */
  readonly types: readonly [EnvType, ...EnvType[]]
  /** Whether the option works without a value. Default: `false`. */
  readonly optional?: Optional
}

/** What is known of the schemas of references; they look like any other. */
export const referenceMeta = z.registry<{ readonly optional: boolean }>()

/** A value of the schema, or a reference to the environment variable that will hold it. */
export function configured<Value extends z.ZodType, Optional extends boolean = false>(
  value: Value,
  options: ConfiguredOptions<Optional>,
) {
  type Held = z.output<Value> | (Optional extends true ? undefined : never)
  const reference = z
    .custom<EnvReference<Held>>(isEnvReference)
    .check(({ value: input, issues }) => {
      const message = misfit(input[envBrand], value, options)
      if (message) issues.push({ code: 'custom', input, message, params: { code: 'NM1026' } })
    })
    .transform((input): EnvironmentReference => ({ $env: input[envBrand] }))
    .register(referenceMeta, { optional: options.optional ?? false })
  return z.union([value, reference])
}

/** Says why a reference can't stand for a value of the schema; `undefined` if it can. */
function misfit(
  variable: EnvVariable,
  value: z.ZodType,
  options: ConfiguredOptions<boolean>,
): string | undefined {
  const [recommended] = options.types
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name)) {
    return `names the variable ${JSON.stringify(variable.name)}, which is not a valid name`
  }
  if (!options.types.includes(variable.type)) {
    return `must be a reference made by env.${recommended}, and this one is made by env.${variable.type}`
  }
  const rejected = variable.values?.find((word) => !value.safeParse(word).success)
  if (rejected !== undefined) {
    return `can't be ${JSON.stringify(rejected)}, which ${variable.name} may hold`
  }
  if (variable.default !== undefined) {
    const parsed = value.safeParse(variable.default)
    if (parsed.success) return undefined
    return `has a default that does not fit, ${JSON.stringify(variable.default)}`
  }
  return variable.optional && !options.optional
    ? `needs a value: give ${variable.name} a default, or remove .optional()`
    : undefined
}
