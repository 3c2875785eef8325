/** Stands in for `generated/features.ts`, so that the entries type-check as they are. */
export declare const features: {
  readonly jobs: boolean
  readonly scheduler: boolean
  readonly websocket: boolean
  readonly commands: boolean
  readonly workers: boolean
  readonly redis: 'never' | 'always' | 'at-boot'
}
