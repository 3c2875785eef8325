import { type ESTree, Visitor } from 'rolldown/utils'

/** Recognises the process and its environment in the syntax of one module. */
export interface ProcessNames {
  isProcess(node: ESTree.Node): boolean
  isEnvironment(node: ESTree.Node): boolean
  /** Where the environment is imported by a name of its own. */
  readonly imports: readonly ESTree.Node[]
}

/** Reads which local names stand for the process or its environment. */
export function readProcessNames(program: ESTree.Program): ProcessNames {
  const processes = new Set(['process'])
  const environments = new Set<string>()
  const imports: ESTree.Node[] = []
  new Visitor({
    ImportDeclaration: (node) => {
      if (!/^(?:node:)?process$/.test(node.source.value)) return
      for (const specifier of node.specifiers) {
        const imported =
          specifier.type === 'ImportSpecifier' ? moduleExportName(specifier.imported) : 'default'
        if (imported === 'env') {
          environments.add(specifier.local.name)
          imports.push(specifier)
        }
        if (imported === 'default') processes.add(specifier.local.name)
      }
    },
  }).visit(program)

  const isProcess = (node: ESTree.Node): boolean => {
    if (node.type === 'Identifier') return processes.has(node.name)
    if (node.type !== 'MemberExpression' || memberName(node) !== 'process') return false
    const owner = unwrapExpression(node.object)
    return owner.type === 'Identifier' && ['globalThis', 'global'].includes(owner.name)
  }
  const isEnvironment = (node: ESTree.Node): boolean => {
    if (node.type === 'Identifier') return environments.has(node.name)
    if (node.type !== 'MemberExpression' || memberName(node) !== 'env') return false
    const owner = unwrapExpression(node.object)
    return owner.type === 'MetaProperty' || isProcess(owner)
  }
  return { isProcess, isEnvironment, imports }
}

/** The name that a member expression reads, if it is written out. */
export function memberName(node: ESTree.MemberExpression): string | undefined {
  if (!node.computed) return node.property.name
  const key = unwrapExpression(node.property)
  return key.type === 'Literal' ? String(key.value) : undefined
}

/** The expression below parentheses, optional chains and the operators that only TypeScript sees. */
export function unwrapExpression(node: ESTree.Node): ESTree.Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return unwrapExpression(node.expression)
    default:
      return node
  }
}

function moduleExportName(node: ESTree.ModuleExportName): string {
  return node.type === 'Literal' ? node.value : node.name
}
