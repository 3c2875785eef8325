import { destination } from 'pino'
import { prettyFactory } from 'pino-pretty'

import type { LogDestination } from './log-destination.ts'

export interface PrettyDestinationOptions {
  /** Default: when standard output is a terminal and `NO_COLOR` is not set. */
  readonly colorize?: boolean
  /** Where the text goes. Default: standard output. */
  readonly output?: LogDestination
}

/** A log destination for people: one readable line each, with stacks below. Written at once. */
export function createPrettyDestination(options: PrettyDestinationOptions = {}): LogDestination {
  const { colorize = hasColors(), output = destination({ dest: 1, sync: true }) } = options
  const prettify = prettyFactory({ colorize, ignore: 'pid', translateTime: 'SYS:HH:MM:ss.l' })
  return { write: (line) => void output.write(prettify(line)) }
}

function hasColors(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR']
}
