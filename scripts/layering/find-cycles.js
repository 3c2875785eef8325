// @ts-check
/**
 * Finds the groups of modules that reach themselves through imports that exist at run time
 * (Tarjan, "Depth-first search and linear graph algorithms", 1972).
 * @param {readonly import('./read-modules.js').Module[]} modules
 * @returns {string[][]}
 */
export function findCycles(modules) {
  const byFile = new Map(modules.map((module) => [module.file, module]))
  /** @type {Map<string, { index: number, low: number }>} */
  const visited = new Map()
  /** @type {string[]} */
  const stack = []
  /** @type {string[][]} */
  const cycles = []

  /** @param {string} file */
  const visit = (file) => {
    const state = { index: visited.size, low: visited.size }
    visited.set(file, state)
    stack.push(file)
    const targets = valueTargets(byFile.get(file))
    for (const target of targets) {
      const seen = visited.get(target)
      if (!seen) state.low = Math.min(state.low, visit(target).low)
      else if (stack.includes(target)) state.low = Math.min(state.low, seen.index)
    }
    if (state.low === state.index) {
      const group = stack.splice(stack.indexOf(file))
      if (group.length > 1 || targets.includes(file)) cycles.push(group)
    }
    return state
  }
  for (const { file } of modules) if (!visited.has(file)) visit(file)
  return cycles
}

/** @param {import('./read-modules.js').Module | undefined} module */
function valueTargets(module) {
  return (module?.imports ?? []).flatMap(({ file, typeOnly }) => (file && !typeOnly ? [file] : []))
}
