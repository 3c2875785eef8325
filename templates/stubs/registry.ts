import type { Registry } from 'neemata/runtime'

/** Stands in for `generated/registry.ts`, so that the entries type-check as they are. */
export const registry: Registry = { version: 1, apps: {} }
