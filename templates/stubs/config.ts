import type { RuntimeConfig } from 'neemata/runtime'

/** Stands in for `generated/config.ts`, so that the entries type-check as they are. */
export declare const config: RuntimeConfig
