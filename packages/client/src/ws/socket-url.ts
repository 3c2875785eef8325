/** Where a client's socket leads: `http` becomes `ws`, and the path is that of the transport. */
export function createSocketUrl(url: string | URL, path: string): string {
  const base = String(url)
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
  return `${base.replace(/^http/i, 'ws')}/${path.replace(/^\/+/, '')}`
}
