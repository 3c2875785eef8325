import type { Expression } from '../../syntax/summary.ts'
import type { SourceModule } from '../source-module.ts'
import type { Resolution } from '../resolve-module.ts'
import type { Place } from './place.ts'
import type { Scope } from './scope.ts'
import type { ArgumentList, FunctionValue, Value } from './value.ts'

/** Where the interpreter gets modules from. Files are relative to the project root, POSIX. */
export interface ModuleSource {
  /** `undefined` if there is no such file. */
  load(file: string): SourceModule | undefined
  resolve(fromFile: string, specifier: string): Resolution
}

/**
 * A shallow abstract interpreter: it follows names, literals, members, spreads, imports and calls of
 * functions that only return a value. Anything else becomes an opaque value that says why. It never
 * guesses, and evaluates nothing before it is asked for.
 *
 * Each step is a function in a file of its own; they call one another through this interface.
 */
export interface Interpreter {
  readonly modules: ModuleSource
  evaluate(expression: Expression, scope: Scope): Value
  /** The value of a top-level declaration. */
  declaration(module: SourceModule, name: string): Value
  /** The value of a member, with the reference that its holder gives it. */
  member(value: Value, key: string, place: Place): Value
  call(callee: FunctionValue, args: ArgumentList, place: Place): Value
}
