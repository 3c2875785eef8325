import type { CommanderError } from 'commander'

import { createDiagnostic } from '../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** What was wrong with the command line, with the nearest word that would have been right. */
export function explainUsage({ code, message }: CommanderError): Diagnostic {
  const [first = '', suggestion] = message.replace(/^error: /, '').split(/\n\(/)
  const text = `${first.charAt(0).toUpperCase()}${first.slice(1)}`
  return createDiagnostic(chooseCode(code), {
    message: text.endsWith('.') ? text : `${text}.`,
    hint: suggestion?.replace(/\)$/, ''),
  })
}

function chooseCode(code: string): 'NM5001' | 'NM5002' | 'NM5003' {
  if (code === 'commander.unknownCommand') return 'NM5001'
  return code === 'commander.unknownOption' ? 'NM5002' : 'NM5003'
}
