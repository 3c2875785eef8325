import type { OpaqueReason } from '../../syntax/summary.ts'
import type { Place } from './place.ts'
import { refuse, type Refusal } from './refusal.ts'
import type { OpaqueValue } from './value.ts'

/** The words for an expression that the summary did not keep. */
export function describeOpaque(why: OpaqueReason, place: Place): OpaqueValue {
  return refuse(place, refusals[why])
}

const refusals: Readonly<Record<OpaqueReason, Refusal>> = {
  accessor: {
    code: 'NM2028',
    message: 'A getter or setter runs with the program, so its value is unknown here.',
    hint: 'Write a plain property.',
  },
  assignment: { code: 'NM2028', message: "The value of an assignment can't be followed." },
  'async-function': {
    code: 'NM2027',
    message:
      'An async function returns a promise, whose value is only known when the program runs.',
    hint: 'Make the function synchronous, or declare what it returns with `const`.',
  },
  class: {
    code: 'NM2026',
    message:
      'Classes are not followed: what their members hold is only known when the program runs.',
  },
  declared: {
    code: 'NM2028',
    message: '`declare` gives only a type; the value comes from elsewhere.',
  },
  'function-effects': {
    code: 'NM2027',
    message:
      "This statement can't be followed: only `const` declarations and one final `return` can.",
  },
  generator: {
    code: 'NM2027',
    message: 'A generator function runs with the program, so what it yields is unknown here.',
  },
  namespace: {
    code: 'NM2028',
    message: 'TypeScript namespaces, and names declared more than once, are not followed.',
    hint: 'Move the members to a module, and import it with `import * as`.',
  },
  new: {
    code: 'NM2026',
    message: 'An object made with `new` is not followed: its constructor runs with the program.',
  },
  'no-initializer': {
    code: 'NM2028',
    message: 'The declaration has no value.',
    hint: 'Declare it with `const`, and give it its value there.',
  },
  operator: {
    code: 'NM2028',
    message: 'The result of an operator is not followed.',
    hint: 'Write the resulting value.',
  },
  pattern: {
    code: 'NM2028',
    message: "This destructuring can't be followed.",
    hint: 'Take the members one by one: `const name = value.name`.',
  },
  require: {
    code: 'NM2028',
    message: '`require` is not followed.',
    hint: 'Use `import`.',
  },
  'tagged-template': {
    code: 'NM2028',
    message: 'The result of a tagged template is only known when the program runs.',
  },
  this: { code: 'NM2026', message: '`this` and `super` are not followed.' },
  other: {
    code: 'NM2028',
    message: "This expression can't be followed without running the program.",
  },
}
