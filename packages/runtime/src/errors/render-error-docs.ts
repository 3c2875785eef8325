import { catalogue } from './catalogue.ts'

/** The text of docs/errors.md. */
export function renderErrorDocs(): string {
  const sections = Object.entries(catalogue).map(
    ([code, { title, why, fix }]) =>
      `## ${code}\n\n**${title}**\n\n${why}\n\n_What to do:_ ${fix}\n`,
  )
  return `${introduction}\n${sections.join('\n')}`
}

const introduction = `# Errors of the runtime

What a running system says when it is put together wrongly. Codes are stable. This page is generated
from the catalogue in \`packages/runtime/src/errors/catalogue.ts\`.

What a _client_ sees are the codes of \`ApiError\`, described in its documentation.
`
