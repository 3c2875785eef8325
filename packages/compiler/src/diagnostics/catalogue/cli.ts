import type { Catalogue } from '../catalogue-entry.ts'

/** Wrong usage of the command line, and commands that can't do their work. */
export const cliCatalogue = {
  NM5001: {
    severity: 'error',
    title: 'There is no such command.',
    why: 'The first word after `neemata` names what to do.',
    fix: 'Run `neemata --help` for the list of commands.',
  },
  NM5002: {
    severity: 'error',
    title: 'There is no such option.',
    why: 'An option that is not known is not ignored: it may be a typing mistake.',
    fix: 'Run `neemata --help` for the list of options.',
  },
  NM5003: {
    severity: 'error',
    title: 'The command line is incomplete or has too much.',
    why: 'An option misses its value or has a wrong one, or there are words that no command takes.',
    fix: 'Run `neemata --help` for what each command and option takes.',
  },
  NM5004: {
    severity: 'error',
    title: 'There is nothing to start.',
    why: '`neemata start` runs what `neemata build` made, and the output folder has no build.',
    fix: 'Run `neemata build` first.',
  },
  NM5005: {
    severity: 'error',
    title: 'The folder does not exist.',
    why: '`--cwd` names the folder to work in.',
    fix: 'Correct the path after `--cwd`.',
  },
  NM5006: {
    severity: 'error',
    title: 'What was built does not start.',
    why: 'Loading the output threw an error before a server could run.',
    fix: 'Read the stack below; it names the lines of the sources.',
  },
  NM5007: {
    severity: 'error',
    title: 'The system has no such command.',
    why: '`neemata command` takes the name of an app and of a command of it, as in `shop/seed`.',
    fix: 'Run `neemata command list` for the names.',
  },
  NM5008: {
    severity: 'error',
    title: 'The output does not describe itself.',
    why: '`neemata inspect --dist` and `neemata schedule list --dist` read the `model.json` that `neemata build` puts into the output.',
    fix: 'Run `neemata build` first.',
  },
  NM5999: {
    severity: 'error',
    title: 'The compiler itself failed.',
    why: 'Something happened that it does not expect; that is a defect of Neemata.',
    fix: 'Run the command again with `--verbose` for the stack, and report it.',
  },
} as const satisfies Catalogue
