import type { Parameter } from './parameters.ts'

/**
 * A word of the command line as the value that it stands for. One that doesn't fit is left as it is, so
 * that the schema refuses it in its own words.
 */
export function readWord(word: string, type: Parameter['type']): unknown {
  switch (type) {
    case 'string':
      return word
    case 'number': {
      const number = Number(word)
      return word.trim() === '' || !Number.isFinite(number) ? word : number
    }
    case 'boolean':
      return word === 'true' ? true : word === 'false' ? false : word
    case 'json':
      return readJson(word)
  }
}

function readJson(word: string): unknown {
  try {
    return JSON.parse(word) as unknown
  } catch {
    return word
  }
}
