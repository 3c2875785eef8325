import { z } from 'zod'

import { configured } from './configured.ts'

// The longest delay that a Node timer can hold.
const longestTimeout = 2_147_483_647

/** A time in milliseconds, from the config or the environment. */
export const milliseconds = () =>
  configured(z.int().min(1).max(longestTimeout), { types: ['number'] })

/** A size in bytes, from the config or the environment. */
export const bytes = () => configured(z.int().min(1), { types: ['number'] })

/** How many there may be, from the config or the environment. */
export const count = () => configured(z.int().min(1), { types: ['number'] })

/** A TCP port, from the config or the environment. */
export const port = () => configured(z.int().min(0).max(65_535), { types: ['port', 'number'] })
