import path from 'node:path'

/** A path relative to the project root, with slashes: the same on any machine. */
export function fromRoot(root: string, absolute: string): string {
  return path.relative(root, absolute).split(path.sep).join('/')
}
