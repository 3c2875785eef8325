import { createRequire } from 'node:module'
import type { ts as TypeScript } from 'ts-morph'

export type { ts } from 'ts-morph'

let loaded: typeof TypeScript | undefined

/**
 * The TypeScript that ts-morph ships, whatever version the project itself uses. Loaded when first
 * asked for, and by `require`: importing a CommonJS file of this size takes twice as long.
 */
export function loadTypeScript(): typeof TypeScript {
  loaded ??= (createRequire(import.meta.url)('ts-morph') as { ts: typeof TypeScript }).ts
  return loaded
}
