import type { OptionGroup, OptionType } from './option-type.ts'

/** A group and all that are reached from it, each once, in the order of the schema. */
export function collectGroups(root: OptionGroup): readonly OptionGroup[] {
  const groups = new Map<string, OptionGroup>()
  const visit = (group: OptionGroup): void => {
    if (groups.has(group.title)) return
    groups.set(group.title, group)
    for (const option of group.options) groupsOf(option.type).forEach(visit)
  }
  visit(root)
  return [...groups.values()]
}

/** The groups that values of a type may be. */
export function groupsOf(type: OptionType): readonly OptionGroup[] {
  return type.kind === 'object' ? [type.group] : childTypes(type).flatMap(groupsOf)
}

/** The types that a type is made of. */
export function childTypes(type: OptionType): readonly OptionType[] {
  if (type.kind === 'union') return type.of
  return 'of' in type ? [type.of] : []
}
