import { createRequire } from 'node:module'
import type { ts as TypeScript } from 'ts-morph'
import { type CompiledModule, loadCompiledModule } from './compiled-module.ts'

export type { ts } from 'ts-morph'

let loaded: CompiledModule<typeof TypeScript> | undefined

/**
 * The TypeScript that ts-morph ships, whatever version the project itself uses. Loaded when first
 * asked for, with the machine code of an earlier run where there is one.
 */
export function loadTypeScript(): typeof TypeScript {
  loaded ??= load()
  return loaded.exports
}

/** Keeps the machine code for the next run, if TypeScript was loaded without. Never fails. */
export function saveTypeScriptCode(): void {
  loaded?.save()
}

function load(): CompiledModule<typeof TypeScript> {
  const require = createRequire(import.meta.url)
  try {
    // Half of ts-morph's own loading time goes into its wrappers and into compiling this one file.
    const inside = createRequire(require.resolve('ts-morph'))
    const file = createRequire(inside.resolve('@ts-morph/common')).resolve('./typescript.js')
    const compiled = loadCompiledModule<typeof TypeScript>(file)
    if (typeof compiled.exports.createSourceFile === 'function') return compiled
  } catch {
    // Laid out otherwise than expected: the public way works always.
  }
  // By `require`: importing a CommonJS file of this size takes twice as long.
  const { ts } = require('ts-morph') as { ts: typeof TypeScript }
  return { exports: ts, save: () => undefined }
}
