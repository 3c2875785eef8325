import type { Injectable } from '@neemata/application'

/** How the binder came to an injectable: the names from the procedure inwards. */
export interface DependencyPath {
  readonly label: string
  readonly from: DependencyPath | undefined
}

/** Begins a path at the thing that has dependencies: `shop/orders/create`. */
export function pathFrom(label: string): DependencyPath {
  return { label, from: undefined }
}

/** The path to a dependency, under the injectable's own name or the one that its dependant uses. */
export function pathTo(from: DependencyPath, injectable: Injectable, name: string): DependencyPath {
  return { label: injectable.label ?? name, from }
}

/** `shop/orders/create → notifier → mailer` */
export function renderPath(path: DependencyPath): string {
  const labels = []
  for (let step: DependencyPath | undefined = path; step; step = step.from) labels.push(step.label)
  return labels.reverse().join(' → ')
}
