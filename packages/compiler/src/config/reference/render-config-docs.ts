import { runtimeSchema } from '../schema/runtime.ts'
import { unsupportedOptions } from '../unsupported.ts'
import { describeOptions } from './describe-options.ts'
import { groupsOf } from './option-groups.ts'
import type { Option, OptionGroup, OptionType } from './option-type.ts'

/** The page docs/config.md: every option with its path, type, default and description. */
export function renderConfigDocs(): string {
  const root = describeOptions(runtimeSchema)
  const lines = [
    '# Configuration',
    '',
    '<!-- Rendered from packages/compiler/src/config/schema; a test compares. -->',
    '',
    '`neemata.config.ts` exports by default what `defineRuntime` of `neemata/config` returns. Paths are',
    'resolved from the folder of the config file. Options marked _env_ also take a reference, such as',
    "`env.port('PORT', 3000)`, which is read when the system starts. An option that does not exist is an",
    'error, and so is one that this version does not support yet.',
    '',
    ...renderOptions(root, ''),
    ...root.options.flatMap((option) => renderSections(option, option.name)),
    '## Not supported yet',
    '',
    'These options are known, and refused with `NM1050` until a version implements them:',
    '',
    ...unsupportedOptions.map(
      ({ path, what }) => `- \`${path.join('.').replaceAll('*', '<name>')}\`: ${what}`,
    ),
  ]
  return lines.join('\n') + '\n'
}

/** A section for each object that an option may be, and for those inside it. */
function renderSections(option: Option, path: string): string[] {
  const depth = path.split('.').filter((segment) => segment !== '<name>').length
  const inner = path + (isRecord(option.type) ? '.<name>' : '')
  const groups = groupsOf(option.type)
  return groups.flatMap((group) => [
    `${'#'.repeat(Math.min(depth, 3) + 1)} \`${inner}\`${groups.length > 1 ? `: ${group.title}` : ''}`,
    '',
    group.description,
    '',
    ...renderOptions(group, `${inner}.`),
    ...group.options.flatMap((child) => renderSections(child, `${inner}.${child.name}`)),
  ])
}

function renderOptions(group: OptionGroup, prefix: string): string[] {
  return [...group.options.map((option) => renderOption(option, prefix)), '']
}

function renderOption(option: Option, prefix: string): string {
  const { name, type, unit, required, description } = option
  const facts = [
    typeWords(type),
    ...(unit === 'ms' ? ['in milliseconds'] : unit === 'bytes' ? ['in bytes'] : []),
    ...(type.kind === 'configured' ? ['_env_'] : []),
    ...(required ? ['required'] : []),
    ...(option.default === undefined ? [] : [`default: ${option.default}`]),
  ]
  return `- **\`${prefix}${name}\`** (${facts.join(', ')}): ${description}`
}

function typeWords(type: OptionType): string {
  switch (type.kind) {
    case 'literal':
      return `\`'${type.value}'\``
    case 'list':
      return `${typeWords(type.of)}[]`
    case 'record':
      return `${typeWords(type.of)} by name`
    case 'union':
      return type.of.map(typeWords).join(' | ')
    case 'configured':
      return typeWords(type.of)
    case 'object':
      return type.group.title
    case 'unknown':
      return 'any value'
    default:
      return type.kind
  }
}

function isRecord(type: OptionType): boolean {
  return type.kind === 'record'
}
