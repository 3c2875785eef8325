import type { OutputSize } from '../bundle/measure-output.ts'
import { formatBytes } from './format-quantity.ts'

interface Row {
  readonly label: string
  readonly size?: OutputSize
}

/** Files as a tree of folders, with their size and what is left of it by gzip, and the total. */
export function renderSizeTree(name: string, sizes: readonly OutputSize[]): string {
  const rows = [{ label: `${name}/` }, ...renderLevel(sizes, '', '')]
  const total = sumSizes(sizes)
  const all: Row[] = [...rows, { label: 'total', size: total }]
  const width = Math.max(...all.map((row) => row.label.length))
  const sizeWidth = Math.max(...all.map((row) => formatBytes(row.size?.size ?? 0).length))
  const gzipWidth = Math.max(...all.map((row) => formatBytes(row.size?.gzip ?? 0).length))
  return all
    .map(({ label, size }) => {
      if (size === undefined) return label
      const plain = formatBytes(size.size).padStart(sizeWidth)
      const gzip = formatBytes(size.gzip).padStart(gzipWidth)
      return `${label.padEnd(width)}  ${plain}  gzip ${gzip}`
    })
    .join('\n')
}

function renderLevel(sizes: readonly OutputSize[], prefix: string, lead: string): Row[] {
  const children = new Map<string, OutputSize[]>()
  for (const size of sizes) {
    const [name = ''] = size.path.slice(prefix.length).split('/')
    children.set(name, [...(children.get(name) ?? []), size])
  }
  const last = [...children.keys()].at(-1)
  return [...children].flatMap(([name, below]) => {
    const isLast = name === last
    const path = `${prefix}${name}`
    const label = `${lead}${isLast ? '└─ ' : '├─ '}${name}`
    const file = below.find((size) => size.path === path)
    if (file !== undefined) return [{ label, size: file }]
    const deeper = renderLevel(below, `${path}/`, `${lead}${isLast ? '   ' : '│  '}`)
    return [{ label: `${label}/` }, ...deeper]
  })
}

function sumSizes(sizes: readonly OutputSize[]): OutputSize {
  return sizes.reduce(
    (sum, { size, gzip }) => ({ ...sum, size: sum.size + size, gzip: sum.gzip + gzip }),
    { path: '', size: 0, gzip: 0 },
  )
}
