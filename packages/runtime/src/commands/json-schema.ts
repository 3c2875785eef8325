import type { Schema } from '@neemata/application'

/** The parts of JSON Schema that matter for a command line. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly title?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: boolean | JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly minItems?: number
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
}

interface Describable {
  readonly '~standard': {
    readonly jsonSchema?: { input?(options: object): unknown }
  }
  toJSONSchema?(options: object): unknown
}

/**
 * What a schema accepts, as JSON Schema: by the trait of Standard Schema, else by the schema's own
 * `toJSONSchema`. `undefined` if it offers neither.
 */
export function readJsonSchema(schema: Schema): JsonSchema | undefined {
  const describable = schema as Describable
  const options = { unrepresentable: 'any' }
  const ways = [
    () =>
      describable['~standard'].jsonSchema?.input?.({
        target: 'draft-2020-12',
        libraryOptions: options,
      }),
    () => describable.toJSONSchema?.({ ...options, io: 'input' }),
  ]
  for (const way of ways) {
    try {
      const described = way()
      if (typeof described === 'object' && described !== null) return described
    } catch {
      // It has something that JSON Schema can't express: the next way may be more lenient.
    }
  }
  return undefined
}

/** Follows a reference inside the document. */
export function dereference(node: JsonSchema, root: JsonSchema): JsonSchema {
  const name = node.$ref?.match(/^#\/\$defs\/(.+)$/)?.[1]
  const target = name === undefined ? undefined : root.$defs?.[name]
  return target ? { ...target, ...node } : node
}
