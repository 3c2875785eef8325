import { createDescriptor, type Descriptor, freezeList } from './descriptor.ts'
import type { Hook } from './hook.ts'
import type { Provision } from './provision.ts'
import type { Router } from './router.ts'
import type { InferInput, InferOutput, Schema } from './schema.ts'

/** Values, hooks and procedures that applications share by naming the plugin. */
export interface Plugin<Options = any> extends Descriptor<'plugin'> {
  readonly name: string
  /** Parses `settings`; `undefined` for a plugin without options. */
  readonly options: Schema | undefined
  readonly settings: unknown
  /** Makes the parts from the parsed options. */
  readonly setup: (options: any) => PluginParts
  /** Read by the compiler; its procedures answer below `/{app}/{plugin name}`. */
  readonly router: Router | undefined
  /** Carries the type of the options; absent at run time. */
  readonly '~options'?: Options
}

export interface PluginParts {
  /** What tokens stand for in the applications that use the plugin. */
  readonly provide?: readonly Provision[]
  readonly hooks?: readonly Hook[]
}

export interface PluginOptions<O extends Schema | undefined> {
  /** `[a-z][a-zA-Z0-9]*`, unique in an application. */
  readonly name: string
  readonly options?: O
  readonly router?: Router
  setup?(options: O extends Schema ? InferOutput<O> : undefined): PluginParts
}

/**
 * Declares a plugin.
 *
 * @example
 * const audit = definePlugin({
 *   name: 'audit',
 *   options: z.object({ table: z.string() }),
 *   setup: ({ table }) => ({ provide: [provide(auditTable, { value: table })], hooks: [onConnect] }),
 * })
 * defineApplication({ router, plugins: [configurePlugin(audit, { table: 'audit' })] })
 */
export function definePlugin<O extends Schema | undefined = undefined>(
  options: PluginOptions<O>,
): Plugin<O extends Schema ? InferInput<O> : undefined> {
  return createDescriptor('plugin', {
    name: options.name,
    options: options.options,
    settings: undefined,
    setup: options.setup ?? (() => ({ provide: freezeList(undefined) })),
    router: options.router,
  })
}

/** The plugin with its options, which are parsed when the application is loaded. */
export function configurePlugin<Options>(
  plugin: Plugin<Options>,
  settings: NoInfer<Options>,
): Plugin<Options> {
  return createDescriptor('plugin', { ...plugin, settings })
}
