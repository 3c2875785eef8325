import type { Schema } from '@neemata/application'

import { dereference, type JsonSchema, readJsonSchema } from './json-schema.ts'

/** One argument or option, as far as its schema says. */
export interface Parameter {
  readonly name: string
  readonly description: string | undefined
  /** How the words of a command line are read. */
  readonly type: 'string' | 'number' | 'boolean' | 'json'
  /** May come several times. */
  readonly isList: boolean
  readonly isRequired: boolean
  /** `undefined`: any. */
  readonly choices: readonly unknown[] | undefined
  readonly default: unknown
}

/** What a command takes, by name; parts are `undefined` where the schema can't say. */
export interface Parameters {
  readonly args: readonly Parameter[] | undefined
  /** Takes the words after the last argument. */
  readonly rest: Parameter | undefined
  readonly options: readonly Parameter[] | undefined
  /** Whether options of other names are for the schema to judge. */
  readonly takesAnyOption: boolean
}

/** Reads what a command takes from its schemas. */
export function readParameters(command: {
  readonly args: Schema | undefined
  readonly options: Schema | undefined
}): Parameters {
  const args = command.args && readJsonSchema(command.args)
  const options = command.options && readJsonSchema(command.options)
  const more = options?.additionalProperties
  return {
    args: command.args ? args && readArgs(args) : [],
    rest: args && readRest(args),
    options: command.options ? options && readOptions(options) : [],
    takesAnyOption: command.options !== undefined && (!options || (more ?? false) !== false),
  }
}

function readArgs(root: JsonSchema): readonly Parameter[] {
  const items = root.prefixItems ?? []
  const required = root.minItems ?? (root.prefixItems ? items.length : 0)
  return items.map((item, index) =>
    readParameter(item, {
      root,
      name: item.title ?? `arg${index + 1}`,
      isRequired: index < required,
    }),
  )
}

function readRest(root: JsonSchema): Parameter | undefined {
  if (typeof root.items !== 'object') return undefined
  const name = root.items.title ?? 'more'
  const isRequired = !root.prefixItems && (root.minItems ?? 0) > 0
  return { ...readParameter(root.items, { root, name, isRequired }), isList: true }
}

function readOptions(root: JsonSchema): readonly Parameter[] {
  return Object.entries(root.properties ?? {}).map(([name, node]) =>
    readParameter(node, { root, name, isRequired: root.required?.includes(name) ?? false }),
  )
}

interface Place {
  readonly root: JsonSchema
  readonly name: string
  readonly isRequired: boolean
}

function readParameter(schema: JsonSchema, { root, name, isRequired }: Place): Parameter {
  const node = dereference(schema, root)
  const types = typesOf(node, root)
  const list = types.has('array') ? findList(node, root) : undefined
  const element = list && typeof list.items === 'object' ? dereference(list.items, root) : undefined
  const of = list ? element : node
  return {
    name,
    description: node.description,
    type: list ? readType(element ? typesOf(element, root) : new Set()) : readType(types),
    isList: list !== undefined,
    isRequired,
    choices: of?.enum ?? (of?.const === undefined ? undefined : [of.const]),
    default: node.default,
  }
}

/** Everything that a node accepts, `null` left out: no word of a command line stands for it. */
function typesOf(node: JsonSchema, root: JsonSchema): ReadonlySet<string> {
  const types = new Set(typeof node.type === 'string' ? [node.type] : node.type)
  if (types.size === 0) {
    for (const value of node.enum ?? (node.const === undefined ? [] : [node.const])) {
      types.add(typeof value)
    }
  }
  for (const inner of branchesOf(node, root)) {
    for (const type of typesOf(inner, root)) types.add(type)
  }
  types.delete('null')
  return types
}

function findList(node: JsonSchema, root: JsonSchema): JsonSchema | undefined {
  if (node.type === 'array') return node
  return branchesOf(node, root).find(({ type }) => type === 'array')
}

function branchesOf(node: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  return [...(node.anyOf ?? []), ...(node.oneOf ?? [])].map((inner) => dereference(inner, root))
}

/** Text is left as it is wherever text is accepted, or nothing is known. */
function readType(types: ReadonlySet<string>): Parameter['type'] {
  if (types.size === 0 || types.has('string')) return 'string'
  if (types.has('number') || types.has('integer')) return 'number'
  if (types.has('boolean')) return 'boolean'
  return 'json'
}
