/**
 * Marks what a `define…` function returns. Registered under a global name, so that two copies of this
 * package recognise each other's descriptors.
 */
export const kind: unique symbol = Symbol.for('neemata.kind')

export type DescriptorKind =
  | 'application'
  | 'router'
  | 'procedure'
  | 'stream'
  | 'guard'
  | 'middleware'
  | 'filter'
  | 'injectable'
  | 'event'
  | 'hook'
  | 'plugin'
  | 'job'
  | 'command'

/** What every declaration has in common: a frozen object that says what it is. */
export interface Descriptor<Kind extends DescriptorKind = DescriptorKind> {
  readonly [kind]: Kind
}

/** Tells whether a value was made by the `define…` function of that kind, by any copy of this package. */
export function isDescriptor<Kind extends DescriptorKind>(
  value: unknown,
  expected: Kind,
): value is Descriptor<Kind> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    (value as { [kind]?: unknown })[kind] === expected
  )
}

/** Makes a frozen descriptor of one kind. */
export function createDescriptor<Kind extends DescriptorKind, Fields extends object>(
  of: Kind,
  fields: Fields,
): Readonly<Descriptor<Kind> & Fields> {
  return Object.freeze({ [kind]: of, ...fields } as Descriptor<Kind> & Fields)
}

/** A frozen copy of a list that may be absent. */
export function freezeList<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return Object.freeze([...(items ?? [])])
}
