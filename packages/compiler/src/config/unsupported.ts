/** An option that the schema knows and that nothing implements yet. */
export interface UnsupportedOption {
  /** Its place in the config; `*` stands for any name. */
  readonly path: readonly string[]
  /** What it would ask for. */
  readonly what: string
  /** The values that ask for it. Default: all but empty lists and objects. */
  readonly when?: (value: unknown) => boolean
}

/** Every option that is refused for now. Delete an entry with the change that implements it. */
export const unsupportedOptions: readonly UnsupportedOption[] = [
  { path: ['apps', '*', 'options'], what: 'options of apps' },
  {
    path: ['transports', '*', 'type'],
    what: 'transports of your own',
    when: (value) => value === 'custom',
  },
]
