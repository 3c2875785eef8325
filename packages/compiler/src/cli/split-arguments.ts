/** Options of `neemata` itself that take a value. */
const valued = new Set(['-c', '--config', '--cwd'])

/**
 * Splits the words of `neemata command <name> …` after the name: what follows belongs to that command,
 * even if it looks like an option of ours.
 */
export function splitArguments(argv: readonly string[]): {
  readonly own: readonly string[]
  readonly forwarded: readonly string[]
} {
  const [first, second] = findOperands(argv)
  const isForwarded =
    first !== undefined &&
    second !== undefined &&
    argv[first] === 'command' &&
    argv[second] !== 'list'
  if (!isForwarded) return { own: argv, forwarded: [] }
  return { own: argv.slice(0, second + 1), forwarded: argv.slice(second + 1) }
}

/** Where the words stand that are neither options nor their values. */
function findOperands(argv: readonly string[]): number[] {
  return argv.flatMap((word, index) =>
    word.startsWith('-') || valued.has(argv[index - 1] ?? '') ? [] : [index],
  )
}
