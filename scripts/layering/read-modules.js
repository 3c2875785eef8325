// @ts-check
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'

// `typescript` 7 has no parser to import; ts-morph brings one that runs on every supported Node.
// Loaded by require: importing a CommonJS file of this size by name costs much longer.
const { ts } = /** @type {typeof import('ts-morph')} */ (createRequire(import.meta.url)('ts-morph'))

/**
 * @typedef {object} ModuleImport
 * @property {string} specifier as written
 * @property {string | undefined} file the module that a relative specifier names, from the root
 * @property {boolean} typeOnly erased when types are stripped
 * @property {number} line counted from 1
 *
 * @typedef {object} Module
 * @property {string} file from the root, POSIX
 * @property {readonly ModuleImport[]} imports
 * @property {boolean} onlyReExports
 */

/**
 * Parses modules and resolves their relative imports against one another.
 * @param {string} root
 * @param {readonly string[]} files from the root, POSIX
 * @returns {Promise<Module[]>}
 */
export async function readModules(root, files) {
  const known = new Set(files)
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(root, file), 'utf8')
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
      return {
        file,
        imports: readImports(source).map((found) => ({
          ...found,
          file: resolveRelative(file, found.specifier, known),
        })),
        onlyReExports: source.statements.every(
          (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier,
        ),
      }
    }),
  )
}

/**
 * @param {import('ts-morph').ts.SourceFile} source
 * @returns {Omit<ModuleImport, 'file'>[]}
 */
function readImports(source) {
  /** @type {Omit<ModuleImport, 'file'>[]} */
  const imports = []
  /** @param {import('ts-morph').ts.Node} node */
  const visit = (node) => {
    const specifier = readSpecifier(node)
    if (specifier) {
      const { line } = source.getLineAndCharacterOfPosition(specifier.getStart(source))
      imports.push({ specifier: specifier.text, typeOnly: isTypeOnly(node), line: line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

/**
 * @param {import('ts-morph').ts.Node} node
 * @returns {import('ts-morph').ts.StringLiteral | undefined}
 */
function readSpecifier(node) {
  /** @type {import('ts-morph').ts.Node | undefined} */
  let specifier
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    specifier = node.moduleSpecifier
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    specifier = node.arguments[0]
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    specifier = node.argument.literal
  }
  return specifier && ts.isStringLiteral(specifier) ? specifier : undefined
}

/** @param {import('ts-morph').ts.Node} node */
function isTypeOnly(node) {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause
    return (
      node.isTypeOnly || (!!clause && ts.isNamedExports(clause) && everyIsType(clause.elements))
    )
  }
  if (!ts.isImportDeclaration(node)) return false
  const clause = node.importClause
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const named = clause.namedBindings
  return !clause.name && !!named && ts.isNamedImports(named) && everyIsType(named.elements)
}

/** @param {readonly { readonly isTypeOnly: boolean }[]} elements */
function everyIsType(elements) {
  return elements.length > 0 && elements.every((element) => element.isTypeOnly)
}

/**
 * @param {string} from
 * @param {string} specifier
 * @param {ReadonlySet<string>} known
 */
function resolveRelative(from, specifier, known) {
  if (!specifier.startsWith('.')) return undefined
  const target = path.posix.join(path.posix.dirname(from), specifier)
  return [target, target.replace(/\.js$/, '.ts')].find((candidate) => known.has(candidate))
}
