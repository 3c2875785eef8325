/** What code mentions when it looks for files beside itself, or loads native code. */
export const mentionsLocation: RegExp =
  /\b__dirname\b|\b__filename\b|\bimport\.meta\.(?:url|dirname|filename|resolve)\b|\bprocess\.dlopen\b|\bnode-gyp-build\b|['"]bindings['"]/

/**
 * Finds in a syntax tree where the code asks for its own place or for native code. Looks at the syntax,
 * so that a comment or a string does not count.
 *
 * @returns the offset of the first such place
 */
export function findLocationUse(node: unknown): number | undefined {
  if (Array.isArray(node)) return findFirst(node)
  if (!isNode(node)) return undefined
  if (isLocationUse(node)) return node.start
  const children = Object.entries(node).filter(([key]) => !isPlainName(node, key))
  return findFirst(children.map(([, child]) => child))
}

function findFirst(nodes: readonly unknown[]): number | undefined {
  for (const node of nodes) {
    const found = findLocationUse(node)
    if (found !== undefined) return found
  }
  return undefined
}

function isLocationUse(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return isProcessDlopen(node) || isOwnAddress(node)
    case 'Identifier':
      return node.name === '__dirname' || node.name === '__filename'
    case 'Literal':
      return node.value === 'node-gyp-build' || node.value === 'bindings'
    default:
      return false
  }
}

/** `import.meta.url` and its like. */
function isOwnAddress({ object, property }: SyntaxNode): boolean {
  if (!isNode(object) || object.type !== 'MetaProperty' || !isNode(property)) return false
  return ['url', 'dirname', 'filename', 'resolve'].includes(String(property.name))
}

/** `x.__dirname` and `{ __dirname: x }` only look like it. */
function isPlainName(node: SyntaxNode, key: string): boolean {
  const computed = node.computed === true
  if (node.type === 'MemberExpression') return key === 'property' && !computed
  return node.type === 'Property' && key === 'key' && !computed && node.shorthand !== true
}

function isProcessDlopen(node: SyntaxNode): boolean {
  const { object, property } = node
  return (
    isNode(object) && object.name === 'process' && isNode(property) && property.name === 'dlopen'
  )
}

interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly [field: string]: unknown
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value
}
