import type { Plugin } from 'vite'

/** Says where a JSON module is wrong, which the bundler does not. */
export function checkJson(): Plugin {
  return {
    name: 'neemata:json',
    enforce: 'pre',
    transform: {
      filter: { id: /\.json$/ },
      handler(code, id) {
        try {
          JSON.parse(code)
        } catch (error) {
          const { message } = error as SyntaxError
          this.error({ message, id, loc: { file: id, ...findPlace(code, message) } })
        }
      },
    },
  }
}

/** Node tells the offset of most mistakes, and that the text ended too early. */
function findPlace(code: string, message: string): { line: number; column: number } {
  const offset = /at position (\d+)/.exec(message)?.[1]
  const end =
    offset !== undefined ? Number(offset) : message.includes('end of JSON') ? code.length : 0
  const before = code.slice(0, end).split('\n')
  return { line: before.length, column: before.at(-1)?.length ?? 0 }
}
