import type { MaybePromise } from '@neemata/application'

import type { Container } from '../container/container.ts'
import type { CallFrame } from '../container/frame.ts'
import type { NamedNode, Node } from '../container/node.ts'
import { isThenable } from '../time/is-thenable.ts'

/** Gives a handler its dependencies, for one call. */
export type ContextSource = (call: CallFrame) => MaybePromise<object>

type Read = (call: CallFrame) => MaybePromise<unknown>

/**
 * Splits dependencies into those that are known now and those that each call has to ask for. Where all
 * are known, every call gets the same frozen object. The app's global values must exist already.
 */
export function createContextSource(
  dependencies: readonly NamedNode[],
  app: Container,
): ContextSource {
  const constants: Record<string, unknown> = {}
  const reads: { readonly name: string; readonly read: Read }[] = []
  for (const { name, node } of dependencies) {
    if (isConstant(node)) constants[name] = app.get(node)
    else reads.push({ name, read: createRead(node) })
  }
  Object.freeze(constants)
  if (reads.length === 0) return () => constants

  return (call) => {
    const context: Record<string, unknown> = { ...constants }
    let waiting: Promise<void>[] | undefined
    for (const { name, read } of reads) {
      const value = read(call)
      context[name] = value
      if (!isThenable(value)) continue
      waiting ??= []
      waiting.push(
        Promise.resolve(value).then((resolved) => {
          context[name] = resolved
        }),
      )
    }
    return waiting ? Promise.all(waiting).then(() => context) : context
  }
}

/** Whether a value is the same for all calls. */
export function isConstant(node: Node): boolean {
  return node.type === 'value' || (node.type === 'factory' && !node.transient && isGlobal(node))
}

function isGlobal({ level }: Node): boolean {
  return level === 'runtime' || level === 'app'
}

function createRead(node: Node): Read {
  switch (node.type) {
    case 'value':
      return () => node.value
    case 'session':
      return (call) => node.read(call.session)
    case 'call':
      return (call) => node.read(call)
    case 'factory':
      return node.level === 'session' && !node.transient
        ? (call) => call.session.container.get(node)
        : (call) => call.container.get(node)
  }
}
