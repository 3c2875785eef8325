import {
  type Hook,
  isDescriptor,
  type Plugin,
  type PluginParts,
  type Provision,
} from '@neemata/application'

import { NeemataError } from '../errors/neemata-error.ts'
import { createValidate, type Issue } from '../pipeline/validate.ts'

/** A plugin whose options were accepted, with the parts that it made of them. */
export interface SetUpPlugin {
  readonly name: string
  readonly provide: readonly Provision[]
  readonly hooks: readonly Hook[]
}

/**
 * Sets up the plugins of an app, one after the other.
 * @throws NeemataError NM7111, NM7112 or NM7113 that names the plugin
 */
export async function setUpPlugins(
  app: string,
  plugins: readonly Plugin[],
): Promise<readonly SetUpPlugin[]> {
  const names = new Set<string>()
  for (const { name } of plugins) {
    if (names.has(name)) {
      throw new NeemataError('NM7111', `The app "${app}" uses the plugin "${name}" twice.`)
    }
    names.add(name)
  }
  const ready: SetUpPlugin[] = []
  for (const plugin of plugins) ready.push(await setUp(app, plugin))
  return ready
}

async function setUp(app: string, plugin: Plugin): Promise<SetUpPlugin> {
  const { name } = plugin
  const where = `The plugin "${name}" of the app "${app}"`
  const parse = createValidate(plugin.options, (issues) => refuseOptions(where, issues))
  const options = parse ? await parse(plugin.settings) : undefined
  let parts: PluginParts
  try {
    parts = plugin.setup(options)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new NeemataError('NM7113', `${where} could not be set up: ${reason}`, { cause })
  }
  return readParts(where, name, parts)
}

function readParts(where: string, name: string, parts: unknown): SetUpPlugin {
  if (typeof parts !== 'object' || parts === null) {
    throw new NeemataError('NM7113', `${where} returned no object from its \`setup\`.`)
  }
  const { provide = [], hooks = [] } = parts as Partial<Record<string, unknown>>
  if (!isListOf(provide, isProvision)) {
    throw new NeemataError('NM7113', `${where} has something in \`provide\` that is no provision.`)
  }
  if (!isListOf(hooks, isHook)) {
    throw new NeemataError('NM7113', `${where} has something in \`hooks\` that is no hook.`)
  }
  return { name, provide, hooks }
}

function isListOf<Item>(
  value: unknown,
  is: (item: unknown) => item is Item,
): value is readonly Item[] {
  return Array.isArray(value) && value.every(is)
}

function isProvision(value: unknown): value is Provision {
  return (
    typeof value === 'object' &&
    value !== null &&
    'token' in value &&
    'source' in value &&
    isDescriptor(value.token, 'injectable')
  )
}

function isHook(value: unknown): value is Hook {
  return isDescriptor(value, 'hook')
}

function refuseOptions(where: string, issues: readonly Issue[]): NeemataError {
  const lines = issues.map(({ path, message }) => `  ${path.join('.') || 'options'}: ${message}`)
  return new NeemataError('NM7112', `${where} refuses its options:\n${lines.join('\n')}`)
}
