import type { Injectable } from '@neemata/application'

import type { Binder } from './binder.ts'
import type { Container } from './container.ts'
import type { Node } from './node.ts'
import { pathFrom } from './dependency-path.ts'

/** Gives the global values of an application, or those that all applications share, to code outside. */
export interface Values {
  /**
   * The value of an injectable, created if nobody has asked for it yet.
   * @throws NeemataError NM7201 to NM7203 if it can't be had here, NM7205 after the shutdown, or what its
   * `create` threw
   */
  get<Value>(injectable: Injectable<Value, 'global' | 'transient'>): Promise<Value>
}

/** @param onBound told of what is asked for, before it is created */
export function createValues(
  binder: Binder,
  container: Container,
  onBound?: (node: Node) => void,
): Values {
  return {
    async get<Value>(injectable: Injectable<Value>): Promise<Value> {
      const node = binder.bind(injectable, pathFrom(injectable.label ?? 'an injectable'))
      onBound?.(node)
      return (await container.get(node)) as Value
    },
  }
}
