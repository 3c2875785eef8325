/**
 * Loads the parser that the engine of the scheduler uses too, and returns a function that says what is
 * wrong with an expression; `undefined` if it will fire.
 */
export async function createCronCheck(): Promise<(cron: string) => string | undefined> {
  const { CronExpressionParser } = await import('cron-parser')
  return (cron) => {
    const words = cron.trim().split(/\s+/)
    // The parser would fill in what is missing, and every slip would fire each minute.
    if (!words[0]?.startsWith('@') && (words.length < 5 || words.length > 6)) {
      return `it has ${words[0] === '' ? 'no' : words.length} ${words.length === 1 && words[0] !== '' ? 'field' : 'fields'}, not five or six`
    }
    if (words.some((word) => /(^|,)H/.test(word))) {
      return 'with `H` the time would be another one in each process'
    }
    try {
      // A fixed start, so that the answer is the same on any day.
      CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: start }).next()
      return undefined
    } catch (error) {
      return error instanceof Error ? inWords(error.message) : 'it can’t be parsed'
    }
  }
}

const start = new Date('2024-01-01T00:00:00Z')

/** The parser's message as the end of a sentence. */
function inWords(message: string): string {
  const alias = /cannot resolve alias "([^"]*)"/.exec(message)
  if (alias) return `'${alias[1]}' has no meaning there`
  const range = /got value (\S+) expected range (\S+)-(\S+)/.exec(message)
  if (range) return `${range[1]} is not between ${range[2]} and ${range[3]}`
  if (message.includes('day of month')) return 'no month has that day'
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '')
}
