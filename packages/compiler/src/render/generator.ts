import type { ResolvedConfig } from '../config/resolved-config.ts'
import type { Model } from '../model/model.ts'

/** What every output is made of. */
export interface RenderInput {
  readonly config: ResolvedConfig
  readonly model: Model
  /** The compiler's version, for the headers. */
  readonly version: string
  /** The texts of `templates/entries/`, by path below it. */
  readonly templates: ReadonlyMap<string, string>
}

/** Makes one generated file. */
export interface Generator {
  /** Below `generated/`, POSIX. */
  readonly path: string
  /** The whole text; where it is a module, without the header. `undefined`: this system has no use for it. */
  render(input: RenderInput): string | undefined
}
