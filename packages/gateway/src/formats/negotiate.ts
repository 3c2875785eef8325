import type { Format } from './format.ts'
import { plainJson } from './plain-json.ts'
import { taggedJson } from './tagged-json.ts'
import { readMediaType } from './media-type.ts'

/** All formats, the default first. */
export const formats: readonly Format[] = Object.freeze([plainJson, taggedJson])

/**
 * The format that an `Accept` header asks for: highest quality, then the most exact range, then the one
 * named first. No header, or `*`/`*`, is the default format. `undefined`: none is acceptable.
 */
export function negotiateFormat(accept: string | undefined): Format | undefined {
  if (accept === undefined || accept === '*/*' || accept === plainJson.contentType) return plainJson
  if (accept === taggedJson.contentType) return taggedJson
  const ranges = accept.split(',').map(readRange)
  let best: Match | undefined
  for (const format of formats) {
    const match = matchFormat(format, ranges)
    if (match !== undefined && (best === undefined || isBetter(match, best))) best = match
  }
  return best?.format
}

/** The format that a `Content-Type` header names; `undefined` when there is none, or not in UTF-8. */
export function formatOf(contentType: string): Format | undefined {
  if (contentType === plainJson.contentType) return plainJson
  if (contentType === taggedJson.contentType) return taggedJson
  const media = readMediaType(contentType)
  if (media === undefined) return undefined
  if (media.charset !== undefined && !/^(utf-?8|us-ascii)$/.test(media.charset)) return undefined
  return formats.find((format) => format.contentType === media.type)
}

interface Range {
  readonly type: string
  readonly quality: number
}

interface Match {
  readonly format: Format
  readonly quality: number
  /** 0 for any, 1 for a family, 2 for the very type. */
  readonly exactness: number
  readonly position: number
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  if (quality === undefined) return { type, quality: 1 }
  // A quality that can't be read asks for nothing.
  return {
    type,
    quality: /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(quality) ? Number(quality.slice(2)) : 0,
  }
}

/** The most exact range speaks for a format, so `q=0` can take it out of a wildcard. */
function matchFormat(format: Format, ranges: readonly Range[]): Match | undefined {
  const family = `${format.contentType.split('/')[0]}/*`
  const candidates = ['*/*', family, format.contentType]
  let match: Match | undefined
  for (const [position, { type, quality }] of ranges.entries()) {
    const exactness = candidates.indexOf(type)
    if (exactness > (match?.exactness ?? -1)) match = { format, quality, exactness, position }
  }
  return match !== undefined && match.quality > 0 ? match : undefined
}

function isBetter(one: Match, other: Match): boolean {
  if (one.quality !== other.quality) return one.quality > other.quality
  if (one.exactness !== other.exactness) return one.exactness > other.exactness
  return one.exactness === 2 && one.position < other.position
}
