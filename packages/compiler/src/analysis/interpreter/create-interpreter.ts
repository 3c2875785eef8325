import type { Expression } from '../../syntax/summary.ts'
import type { SourceModule } from '../source-module.ts'
import { callFunction } from './call-function.ts'
import { evaluateExpression } from './evaluate.ts'
import { evaluateDeclaration } from './evaluate-declaration.ts'
import type { Interpreter, ModuleSource } from './interpreter.ts'
import { evaluateMemberOf } from './member.ts'
import { refuse } from './refusal.ts'
import type { Scope } from './scope.ts'
import type { Value } from './value.ts'

/** Nested evaluations; a real program stays far below. */
const maxDepth = 300
/** Evaluated expressions in one run; 10,000 procedures take about a million. */
const maxSteps = 20_000_000

export interface InterpreterRun extends Interpreter {
  /** A top-level declaration, if anything has asked for it. */
  evaluated(module: SourceModule, name: string): Value | undefined
}

/** Makes an interpreter whose results stay valid as long as no module changes. */
export function createInterpreter(modules: ModuleSource): InterpreterRun {
  const declarations = new Map<string, Value | 'running'>()
  let depth = 0
  let steps = 0

  const interpreter: InterpreterRun = {
    modules,
    evaluate(expression, scope) {
      steps += 1
      if (depth >= maxDepth || steps > maxSteps) return exceeded(expression, scope, depth)
      depth += 1
      try {
        return evaluateExpression(interpreter, expression, scope)
      } finally {
        depth -= 1
      }
    },
    declaration(module, name) {
      const key = `${module.file} ${name}`
      const known = declarations.get(key)
      if (known === 'running') return dependsOnItself(module, name)
      if (known !== undefined) return known
      declarations.set(key, 'running')
      const value = evaluateDeclaration(interpreter, module, name)
      declarations.set(key, value)
      return value
    },
    evaluated(module, name) {
      const known = declarations.get(`${module.file} ${name}`)
      return known === 'running' ? undefined : known
    },
    member: (value, key, place) => evaluateMemberOf(interpreter, value, key, place),
    call: (callee, args, place) => callFunction(interpreter, callee, args, place),
  }
  return interpreter
}

function exceeded(expression: Expression, scope: Scope, depth: number): Value {
  const place = scope.module.place(expression)
  if (depth < maxDepth) {
    return refuse(place, {
      code: 'NM2031',
      message: `Following the routes takes more than ${maxSteps} steps.`,
    })
  }
  return refuse(place, {
    code: 'NM2030',
    message: `Evaluating this takes more than ${maxDepth} steps into one another.`,
  })
}

function dependsOnItself(module: SourceModule, name: string): Value {
  const declaration = module.declaration(name)
  return refuse(module.place(declaration ?? { at: 0, end: 0 }), {
    code: 'NM2028',
    message: `The value of \`${name}\` depends on itself.`,
  })
}
