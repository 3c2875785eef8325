/** A package to be placed: what it is called, and which packages it must be able to reach. */
export interface Placeable {
  readonly name: string
  readonly dependencies: ReadonlySet<string>
}

export interface Placement {
  /** Which package goes where: `a`, or `a/node_modules/b` for a version that only `a` uses. */
  readonly targets: ReadonlyMap<string, string>
  /** Names that the bundle uses for more than one package. */
  readonly conflicts: readonly string[]
}

/**
 * Lays packages out so that Node finds for each import the very package that it leads to today. As a
 * package manager does: everything at the top, other versions below whoever uses them.
 *
 * @param options.packages by any key that tells them apart
 * @param options.roots what the bundle imports itself, always at the top
 */
export function placePackages(options: {
  readonly packages: ReadonlyMap<string, Placeable>
  readonly roots: readonly { readonly name: string; readonly folder: string }[]
}): Placement {
  const targets = new Map<string, string>()
  const conflicts = new Set<string>()
  const queue: { readonly at: readonly string[]; readonly key: string }[] = []
  for (const { name, folder } of options.roots) {
    const taken = targets.get(name)
    if (taken === folder) continue
    if (taken !== undefined) conflicts.add(name)
    targets.set(name, folder)
    queue.push({ at: [name], key: folder })
  }
  // Breadth first: all that a package imports is placed before what those import, so that nothing is
  // placed later between an importer and what it was meant to find.
  for (const { at, key } of queue) {
    for (const dependency of options.packages.get(key)?.dependencies ?? []) {
      const name = options.packages.get(dependency)?.name
      if (name === undefined) continue
      const reached = lookUp(targets, at, name)
      if (reached === dependency) continue
      const target = reached === undefined ? [name] : [...at, name]
      targets.set(toPath(target), dependency)
      queue.push({ at: target, key: dependency })
    }
  }
  return { targets, conflicts: [...conflicts] }
}

/** What Node would find: the nearest `node_modules` upwards that has the name. */
function lookUp(
  targets: ReadonlyMap<string, string>,
  at: readonly string[],
  name: string,
): string | undefined {
  for (let depth = at.length; depth >= 0; depth -= 1) {
    const found = targets.get(toPath([...at.slice(0, depth), name]))
    if (found !== undefined) return found
  }
  return undefined
}

function toPath(names: readonly string[]): string {
  return names.join('/node_modules/')
}
