const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const padding = 61
const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0))
const values = new Uint8Array(128).fill(255)
codes.forEach((code, value) => (values[code] = value))
const ascii = new TextDecoder()

/** Writes bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    out[at++] = codes[group >> 18]!
    out[at++] = codes[(group >> 12) & 63]!
    out[at++] = i + 1 < bytes.length ? codes[(group >> 6) & 63]! : padding
    out[at++] = i + 2 < bytes.length ? codes[group & 63]! : padding
  }
  return ascii.decode(out)
}

/** Reads base64 with padding; `undefined` for anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const pads = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const letters = text.length - pads
  const out = new Uint8Array((text.length / 4) * 3 - pads)
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < letters; i++) {
    const value = values[text.charCodeAt(i)] ?? 255
    if (value === 255) return undefined
    bits = (bits << 6) | value
    held += 6
    if (held >= 8) {
      held -= 8
      out[at++] = (bits >> held) & 255
    }
  }
  // Bits left over that are not zero would give two texts for the same bytes.
  return (bits & ((1 << held) - 1)) === 0 ? out : undefined
}
