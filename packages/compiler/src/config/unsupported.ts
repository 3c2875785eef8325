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
  {
    path: ['apps', '*', 'type'],
    what: "apps of type 'worker'",
    when: (value) => value === 'worker',
  },
  { path: ['apps', '*', 'jobs'], what: 'jobs' },
  { path: ['apps', '*', 'commands'], what: 'commands' },
  { path: ['apps', '*', 'options'], what: 'options of apps' },
  {
    path: ['apps', '*', 'workers'],
    what: 'worker threads for apps',
    when: (value) => value !== 'inline',
  },
  {
    path: ['transports', '*', 'type'],
    what: 'transports other than HTTP',
    when: (value) => value === 'ws' || value === 'custom',
  },
  {
    path: ['workers', 'api', 'threads'],
    what: 'worker threads for apps',
    when: (value) => typeof value === 'number' && value > 0,
  },
  { path: ['workers', 'jobs'], what: 'pools of job workers' },
  { path: ['scheduler'], what: 'schedules' },
  { path: ['redis'], what: 'Redis' },
]
