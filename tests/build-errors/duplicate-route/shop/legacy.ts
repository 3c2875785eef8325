import { defineProcedure } from 'neemata'

export const legacy = {
  get: defineProcedure({ handler: () => 'the old answer' }),
}
