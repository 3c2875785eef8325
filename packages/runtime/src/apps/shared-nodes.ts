import type { Binder } from '../container/binder.ts'
import type { Container } from '../container/container.ts'
import type { Node } from '../container/node.ts'

/** An app's share in what the runtime holds for all apps. */
export interface NodeClaim {
  readonly nodes: ReadonlySet<Node>
  /** Takes a share in more of it, found out later; with all that it is made of. */
  add(nodes: Iterable<Node>): void
  /** Gives the share back: what no other app uses is released and forgotten. */
  release(): Promise<void>
}

/**
 * Counts which apps use what the runtime's container holds, so that an app that goes takes along what
 * was its alone, and nothing else.
 */
export class SharedNodes {
  readonly #binder: Binder
  readonly #container: Container
  readonly #uses = new Map<Node, number>()

  constructor({ binder, container }: { readonly binder: Binder; readonly container: Container }) {
    this.#binder = binder
    this.#container = container
  }

  claim(wanted: Iterable<Node>): NodeClaim {
    const nodes = new Set<Node>()
    let released = false
    const add = (node: Node): void => {
      if (released || nodes.has(node)) return
      nodes.add(node)
      this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1)
      if (node.type === 'factory') for (const dependency of node.dependencies) add(dependency.node)
    }
    for (const node of wanted) add(node)
    return {
      nodes,
      add: (more) => {
        for (const node of more) add(node)
      },
      release: async () => {
        if (released) return
        released = true
        await this.#unclaim(nodes)
      },
    }
  }

  /**
   * Lets whoever binds next get new nodes in place of those that only one app uses; the app keeps its
   * own. Returns how to take that back.
   */
  renew({ nodes }: NodeClaim): () => void {
    return this.#binder.forget(new Set([...nodes].filter((node) => this.#uses.get(node) === 1)))
  }

  async #unclaim(nodes: ReadonlySet<Node>): Promise<void> {
    const unused = new Set<Node>()
    for (const node of nodes) {
      const uses = (this.#uses.get(node) ?? 0) - 1
      if (uses > 0) this.#uses.set(node, uses)
      else if (this.#uses.delete(node)) unused.add(node)
    }
    this.#binder.forget(unused)
    await this.#container.release(unused)
  }
}
