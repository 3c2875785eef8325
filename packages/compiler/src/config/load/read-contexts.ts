import { type ESTree, Visitor } from 'rolldown/utils'

import { unwrapExpression } from './process-names.ts'

/** What surrounds an expression, as far as it tells which kind of value is expected. */
export interface ReadContext {
  /** It is turned into a number. */
  readonly number?: boolean
  /** It is compared with a word for a truth value, or turned into one. */
  readonly boolean?: boolean
  /** The source of the literal that stands in for it when it is absent. */
  readonly fallback?: string
}

/** Reads the contexts of expressions, by their nodes. */
export function readContexts(
  program: ESTree.Program,
  text: string,
): ReadonlyMap<ESTree.Node, ReadContext> {
  const contexts = new Map<ESTree.Node, ReadContext>()
  const textOf = (node: ESTree.Node): string => text.slice(node.start, node.end)
  // Parents are visited first, so what surrounds the parent is known.
  const add = (inner: ESTree.Node, outer: ESTree.Node, context: ReadContext): void =>
    void contexts.set(unwrapExpression(inner), { ...contexts.get(outer), ...context })

  new Visitor({
    CallExpression: (node) => {
      const [argument] = node.arguments
      if (!argument) return
      const callee = textOf(node.callee)
      if (/^(?:Number|(?:Number\.)?parse(?:Int|Float))$/.test(callee))
        add(argument, node, { number: true })
      if (callee === 'Boolean') add(argument, node, { boolean: true })
    },
    UnaryExpression: (node) => {
      if (node.operator === '+') add(node.argument, node, { number: true })
      if (node.operator === '!') add(node.argument, node, { boolean: true })
    },
    BinaryExpression: (node) => {
      const isWord = /^['"`](?:true|false|1|0)['"`]$/.test(textOf(node.right))
      if (isWord && /^[!=]==?$/.test(node.operator)) add(node.left, node, { boolean: true })
    },
    LogicalExpression: (node) => {
      if (node.operator === '&&' || node.right.type !== 'Literal') return
      add(node.left, node, { fallback: textOf(node.right) })
    },
  }).visit(program)
  return contexts
}
