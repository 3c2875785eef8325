/** The words of a command's process, sorted. */
export interface CommandLine {
  /** `shop/seed`, or `list`. */
  readonly name: string | undefined
  /** What follows the name; for the command. */
  readonly words: readonly string[]
  readonly json: boolean
  readonly help: boolean
}

/** Takes out what is ours: the name, `--json` and `--help`, wherever they stand before a `--`. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf('--')
  const before = end === -1 ? argv : argv.slice(0, end)
  const after = end === -1 ? [] : argv.slice(end)
  const [name, ...words] = before.filter((word) => !ours.has(word))
  return {
    name,
    words: [...words, ...after],
    json: before.includes('--json'),
    help: before.includes('--help') || before.includes('-h'),
  }
}

const ours: ReadonlySet<string> = new Set(['--json', '--help', '-h'])
