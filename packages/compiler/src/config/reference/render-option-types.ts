import { runtimeSchema } from '../schema/runtime.ts'
import { describeOptions } from './describe-options.ts'
import { collectGroups } from './option-groups.ts'
import type { Option, OptionGroup, OptionType } from './option-type.ts'

/**
 * The types that users write their config against, `config/declare/runtime-options.ts`, rendered from
 * the schema: an editor shows comments of interfaces, and none of inferred types.
 */
export function renderOptionTypes(): string {
  const groups = collectGroups(describeOptions(runtimeSchema))
  const lines = [
    '// Rendered from the schema in `config/schema/`; a test compares. Change the schema, then run',
    '// `npx vitest run packages/compiler/src/config/reference -u`.',
    "import type { Configured, EnvReference } from './env-reference.ts'",
    '',
    ...groups.flatMap((group) => [...renderGroup(group), '']),
  ]
  return lines.join('\n').trimEnd() + '\n'
}

function renderGroup(group: OptionGroup): string[] {
  return [
    `/** ${group.description} */`,
    `export interface ${group.title} {`,
    ...group.options.flatMap(renderOption),
    '}',
  ]
}

function renderOption(option: Option): string[] {
  const optional = option.required ? '' : '?'
  const type = renderType(option.type)
  // The formatter's width: a longer union goes on lines of its own.
  const line = `  readonly ${option.name}${optional}: ${type}`
  const broken =
    line.length > 100 && option.type.kind === 'union'
      ? [
          `  readonly ${option.name}${optional}:`,
          ...option.type.of.map((t) => `    | ${renderType(t)}`),
        ]
      : [line]
  return [...renderComment(option), ...broken]
}

function renderComment(option: Option): string[] {
  const unit = option.unit === 'ms' ? ' In milliseconds.' : option.unit ? ' In bytes.' : ''
  const lines = wrap(`${option.description}${unit}`, 93)
  if (option.default !== undefined) lines.push(`@default ${option.default.replaceAll('`', '')}`)
  return lines.length === 1
    ? [`  /** ${lines[0]} */`]
    : ['  /**', ...lines.map((line) => `   * ${line}`), '   */']
}

function renderType(type: OptionType): string {
  switch (type.kind) {
    case 'literal':
      return `'${type.value}'`
    case 'list':
      return `readonly ${parenthesise(type.of)}[]`
    case 'record':
      return `Readonly<Record<string, ${renderType(type.of)}>>`
    case 'union':
      return type.of.map(renderType).join(' | ')
    case 'configured': {
      const value = renderType(type.of)
      return type.optional
        ? `${value} | EnvReference<${value} | undefined>`
        : `Configured<${value}>`
    }
    case 'object':
      return type.group.title
    default:
      return type.kind
  }
}

function parenthesise(type: OptionType): string {
  return type.kind === 'union' ? `(${renderType(type)})` : renderType(type)
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(word)
    }
  }
  return lines
}
