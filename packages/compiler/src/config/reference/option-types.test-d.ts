import { expectTypeOf, test } from 'vitest'
import type { z } from 'zod'

import type { EnvReference } from '../declare/env-reference.ts'
import type { RuntimeOptions } from '../declare/runtime-options.ts'
import type { RuntimeSchema } from '../schema/runtime.ts'

/** Without `readonly`, which the schema does not say of objects. */
type Writable<T> =
  T extends EnvReference<infer Value>
    ? EnvReference<Value>
    : T extends object
      ? { -readonly [Key in keyof T]: Writable<T[Key]> }
      : T

test('the types users see are those the schema accepts', () => {
  expectTypeOf<Writable<RuntimeOptions>>().toEqualTypeOf<Writable<z.input<RuntimeSchema>>>()
})
