import {
  type Context,
  createDescriptor,
  type Dependencies,
  type Descriptor,
  type InferOutput,
  type MaybePromise,
  type Schema,
} from '@neemata/application'

/** Something that an operator runs from a terminal, with the application's own values at hand. */
export interface Command extends Descriptor<'command'> {
  /** One line for the list of commands. */
  readonly description: string | undefined
  readonly args: Schema | undefined
  readonly options: Schema | undefined
  readonly dependencies: Dependencies
  readonly timeout: number | undefined
  readonly handler: (context: any, given: any) => MaybePromise<unknown>
}

/** Any command, whatever its types. */
export type AnyCommand = Command

export interface CommandOptions<
  A extends Schema | undefined,
  O extends Schema | undefined,
  D extends Dependencies,
> {
  readonly description?: string
  /** A tuple: the words after the command's name. Default: none. */
  readonly args?: A
  /** An object: `--full --limit 10`. Default: none. */
  readonly options?: O
  readonly dependencies?: D
  /** Milliseconds after which the command fails. Default: no limit. */
  readonly timeout?: number
  /** What it returns is printed; as JSON where `--json` is given. */
  handler(
    context: Context<D>,
    given: {
      readonly args: A extends Schema ? InferOutput<A> : readonly []
      readonly options: O extends Schema ? InferOutput<O> : Record<string, never>
    },
  ): MaybePromise<unknown>
}

/** Declares a command: an export of a module that the app's `commands` globs name. */
export function defineCommand<
  A extends Schema | undefined = undefined,
  O extends Schema | undefined = undefined,
  D extends Dependencies = Record<never, never>,
>(options: CommandOptions<A, O, D>): Command {
  return createDescriptor('command', {
    description: options.description,
    args: options.args,
    options: options.options,
    dependencies: Object.freeze({ ...options.dependencies }),
    timeout: options.timeout,
    handler: options.handler,
  })
}
