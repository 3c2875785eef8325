import { destination as createDestination, pino, stdTimeFunctions } from 'pino'

import type { LoggingConfig } from '../config.ts'
import type { Logger } from '../declare/logger.ts'
import type { LogDestination } from './log-destination.ts'

/**
 * Makes the process's logger: one JSON line per call, with the level as a word and the time in ISO.
 * Lines are written at once, so that none is lost however the process ends.
 * @param destination default: standard output
 */
export function createLogger(config: LoggingConfig, destination?: LogDestination): Logger {
  return pino(
    {
      level: config.level,
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? createDestination({ dest: 1, sync: true }),
  )
}
