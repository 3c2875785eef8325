/** The package that a bare specifier names: `@scope/name` of `@scope/name/deep`. */
export function readPackageName(specifier: string): string {
  const [first = '', second] = specifier.split('/')
  return first.startsWith('@') && second !== undefined ? `${first}/${second}` : first
}

/**
 * The package that a module file belongs to, by the last `node_modules/` in its path; `undefined` for
 * the project's own files and linked workspaces.
 */
export function findInstalledPackage(file: string): string | undefined {
  const path = file.replaceAll('\\', '/')
  const marker = '/node_modules/'
  const start = path.lastIndexOf(marker)
  return start === -1 ? undefined : readPackageName(path.slice(start + marker.length))
}

/** Neemata's own packages, which are written to be bundled. */
export function isFramework(name: string): boolean {
  return name === 'neemata' || name.startsWith('@neemata/')
}
