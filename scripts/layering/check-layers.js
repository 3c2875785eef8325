// @ts-check
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

import { findCycles } from './find-cycles.js'
import { readModules } from './read-modules.js'
import { reExportOnly, rules } from './rules.js'

/**
 * @typedef {object} Violation
 * @property {string} at `file:line`
 * @property {string} message
 * @property {string} reason
 */

/**
 * Holds every module of the repository against the rules.
 * @param {string} root
 * @returns {Promise<{ modules: number, violations: Violation[] }>}
 */
export async function checkLayers(root) {
  const files = await listSources(root)
  const modules = await readModules(root, files)
  const entries = await listEntries(root)
  return {
    modules: modules.length,
    violations: [
      ...checkCompleteness(modules, files),
      ...modules.flatMap(checkImports),
      ...modules.flatMap((module) => checkBarrels(module, entries)),
      ...findCycles(modules).map((cycle) => ({
        at: `${cycle[0]}:1`,
        message: `is part of an import cycle: ${[...cycle, cycle[0]].join(' → ')}`,
        reason: 'modules in a cycle see each other half loaded',
      })),
    ],
  }
}

/** @param {string} root */
async function listSources(root) {
  const folders = ['packages', 'templates', 'examples', 'generated']
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const found = await readdir(path.join(root, folder), { recursive: true })
      return found.map((file) => path.posix.join(folder, ...file.split(path.sep)))
    }),
  )
  return lists
    .flat()
    .filter((file) => file.endsWith('.ts') && !/(^|\/)(node_modules|dist|starters)\//.test(file))
    .filter((file) => !file.startsWith('packages/') || /^packages\/[^/]+\/(src|test)\//.test(file))
    .sort()
}

/** @param {string} root */
async function listEntries(root) {
  const entries = new Set()
  for (const name of await readdir(path.join(root, 'packages'))) {
    const text = await readFile(path.join(root, 'packages', name, 'package.json'), 'utf8')
    for (const target of Object.values(JSON.parse(text).exports)) {
      if (target.source) entries.add(path.posix.join('packages', name, target.source))
    }
  }
  return entries
}

/**
 * A checker that looks at nothing finds nothing wrong, so that is wrong too.
 * @param {readonly import('./read-modules.js').Module[]} modules
 * @param {readonly string[]} files
 * @returns {Violation[]}
 */
function checkCompleteness(modules, files) {
  const reason = 'a checker that sees too little approves everything'
  const unbound = rules.filter((rule) => !modules.some(({ file }) => rule.from.test(file)))
  const violations = unbound.map((rule) => ({
    at: 'scripts/layering/rules.js:1',
    message: `the rule for ${rule.from} binds no module`,
    reason,
  }))
  if (modules.length < files.length || files.length === 0) {
    const message = `saw ${modules.length} of ${files.length} modules`
    violations.push({ at: 'scripts/check-layers.js:1', message, reason })
  }
  for (const { file, imports } of modules) {
    for (const { specifier, file: target, line } of imports) {
      if (!specifier.startsWith('.') || target || specifier.endsWith('.json')) continue
      violations.push({ at: `${file}:${line}`, message: `imports ${specifier}, not found`, reason })
    }
  }
  return violations
}

/**
 * @param {import('./read-modules.js').Module} module
 * @returns {Violation[]}
 */
function checkImports({ file, imports, onlyReExports }) {
  const binding = rules.filter((rule) => rule.from.test(file) && !rule.except?.test(file))
  /** @type {Violation[]} */
  const violations = []
  for (const { specifier, file: target = specifier, typeOnly, line } of imports) {
    for (const rule of binding) {
      if (typeOnly && rule.typesToo === false) continue
      const allowed = rule.allow ? rule.allow.test(target) : !rule.forbid?.test(target)
      if (allowed) continue
      violations.push({
        at: `${file}:${line}`,
        message: `may not import ${target}`,
        reason: rule.reason,
      })
    }
  }
  if (reExportOnly.from.test(file) && !reExportOnly.except.test(file) && !onlyReExports) {
    const message = 'holds more than re-exports'
    violations.push({ at: `${file}:1`, message, reason: reExportOnly.reason })
  }
  return violations
}

/**
 * @param {import('./read-modules.js').Module} module
 * @param {ReadonlySet<string>} entries
 * @returns {Violation[]}
 */
function checkBarrels({ file, onlyReExports }, entries) {
  if (!/^packages\/[^/]+\/src\//.test(file) || !onlyReExports || entries.has(file)) return []
  return [
    {
      at: `${file}:1`,
      message: 'only re-exports, and is no entry of its package',
      reason: 'barrels hide who depends on whom and make cycles; import the file itself',
    },
  ]
}
