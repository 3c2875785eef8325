import { z } from 'zod'

import { valueAt } from './config-path.ts'

/**
 * The schema of the value at a path. Where a schema has alternatives, the value says which one it is
 * probably meant to be.
 */
export function schemaAt(
  schema: z.core.$ZodType,
  options: { readonly value: unknown; readonly path: readonly PropertyKey[] },
): z.core.$ZodType | undefined {
  let current: z.core.$ZodType | undefined = schema
  for (const [depth, key] of options.path.entries()) {
    if (!current) return undefined
    const value = valueAt(options.value, options.path.slice(0, depth))
    current = childSchema(current, value, key)
  }
  return current
}

/** The names of the options that an object at a place may have; empty if they are free. */
export function acceptedKeys(
  schema: z.core.$ZodType | undefined,
  value: unknown,
): readonly string[] {
  const object = schema && chooseObject(schema, value)
  return object ? Object.keys(object.shape) : []
}

function childSchema(
  schema: z.core.$ZodType,
  value: unknown,
  key: PropertyKey,
): z.core.$ZodType | undefined {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodRecord) return inner.valueType
  if (inner instanceof z.ZodArray) return inner.element
  return chooseObject(inner, value)?.shape[String(key)]
}

function chooseObject(schema: z.core.$ZodType, value: unknown): z.ZodObject | undefined {
  const objects = objectsOf(schema)
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const score = (object: z.ZodObject): number => keys.filter((key) => key in object.shape).length
  const fitting = objects.filter((object) => matchesType(object, value))
  return (fitting.length > 0 ? fitting : objects).toSorted((a, b) => score(b) - score(a))[0]
}

/** Whether the `type` of the value is the one that the object asks for. */
function matchesType(object: z.ZodObject, value: unknown): boolean {
  const type: unknown = object.shape['type']
  return type instanceof z.ZodType && type.safeParse(valueAt(value, ['type'])).success
}

function objectsOf(schema: z.core.$ZodType): readonly z.ZodObject[] {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodObject) return [inner]
  return inner instanceof z.ZodUnion ? inner.options.flatMap(objectsOf) : []
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
    ? unwrap(schema.def.innerType)
    : schema
}
