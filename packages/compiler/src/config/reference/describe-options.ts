import { z } from 'zod'

import { referenceMeta } from '../schema/configured.ts'
import type { OptionMeta } from '../schema/option-meta.ts'
import type { Option, OptionGroup, OptionType } from './option-type.ts'

/**
 * Describes the options of an object schema.
 * @throws if an option lacks a description or uses a kind of schema that has no words yet.
 */
export function describeOptions(schema: z.ZodObject): OptionGroup {
  const meta = schema.meta()
  if (!meta?.title || !meta.description) throw new Error('An object schema lacks its title.')
  const options = Object.entries(schema.shape).map(([name, option]) =>
    describeOption(name, option as z.ZodType),
  )
  return { title: meta.title, description: meta.description, options }
}

function describeOption(name: string, schema: z.ZodType): Option {
  const meta = schema.meta() as OptionMeta | undefined
  if (!meta?.description) throw new Error(`The option ${name} lacks a description.`)
  return {
    name,
    type: describeType(schema),
    required: !schema.safeParse(undefined).success,
    description: meta.description,
    unit: meta.unit,
    default: meta.default ?? describeDefault(schema),
  }
}

function describeDefault(schema: z.ZodType): string | undefined {
  return schema instanceof z.ZodDefault
    ? `\`${JSON.stringify(schema.def.defaultValue).replaceAll('"', "'")}\``
    : undefined
}

function describeType(schema: z.core.$ZodType): OptionType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return describeType(schema.def.innerType)
  }
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodReadonly) {
    return describeType(schema.def.innerType)
  }
  if (schema instanceof z.ZodObject) return { kind: 'object', group: describeOptions(schema) }
  if (schema instanceof z.ZodArray) return { kind: 'list', of: describeType(schema.element) }
  if (schema instanceof z.ZodRecord) return { kind: 'record', of: describeType(schema.valueType) }
  if (schema instanceof z.ZodUnion) return describeUnion(schema.options)
  if (schema instanceof z.ZodEnum) return union(schema.options.map(literal))
  if (schema instanceof z.ZodLiteral) return union([...schema.values].map(literal))
  if (schema instanceof z.ZodString) return { kind: 'string' }
  if (schema instanceof z.ZodNumber) return { kind: 'number' }
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' }
  if (schema instanceof z.ZodUnknown) return { kind: 'unknown' }
  throw new Error(`There are no words for a schema of type ${schema._zod.def.type}.`)
}

function describeUnion(options: readonly z.core.$ZodType[]): OptionType {
  const [value, reference] = options
  const meta = reference && referenceMeta.get(reference)
  if (value && meta) return { kind: 'configured', of: describeType(value), ...meta }
  return union(options.map(describeType))
}

function union(types: readonly OptionType[]): OptionType {
  const flat = types.flatMap((type) => (type.kind === 'union' ? type.of : [type]))
  const [only] = flat
  return only && flat.length === 1 ? only : { kind: 'union', of: flat }
}

function literal(value: unknown): OptionType {
  return { kind: 'literal', value: String(value) }
}
