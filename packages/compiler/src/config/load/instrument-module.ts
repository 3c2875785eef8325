import { RolldownMagicString } from 'rolldown'
import { type ESTree, Visitor } from 'rolldown/utils'

import type { LiteralPart } from './literal-record.ts'
import { isNoted, type LiteralTags } from './literal-tags.ts'
import type { SourceText, Span } from './source-text.ts'

/** The names that instrumented source uses for the functions of `LiteralTags`. */
export interface TagNames {
  readonly tag: string
  readonly note: string
}

export interface InstrumentOptions {
  readonly source: SourceText
  readonly program: ESTree.Program
  readonly tags: LiteralTags
  readonly names: TagNames
  /** What `import.meta.url`, `dirname` and `filename` are replaced with: the bundle is elsewhere. */
  readonly meta: Readonly<Record<string, string>>
}

/** Rewrites a module so that running it tells where each object came from. Meaning is unchanged. */
export function instrumentModule(options: InstrumentOptions): { code: string; map: string } {
  const { source, program, tags, names } = options
  const output = new RolldownMagicString(source.text)
  const pauses = findPauses(program)
  const skipped = new Set<unknown>()

  // Outer literals are visited first, so what comes later goes inside.
  const wrap = (span: Span, before: string, after: string): void => {
    output.appendRight(span.start, before)
    output.prependLeft(span.end, after)
  }
  const instrument = (node: ESTree.ObjectExpression | ESTree.ArrayExpression): void => {
    if (skipped.has(node)) return
    const parts = node.type === 'ObjectExpression' ? objectParts(node) : arrayParts(node)
    // While a literal waits or yields, others are evaluated, and their notes would mix.
    const noted = !pauses.some((at) => node.start <= at && at < node.end)
    const number = tags.add({ source, span: spanOf(node), parts, noted })
    wrap(node, `${names.tag}(`, `, ${number})`)
    if (!noted) return
    for (const part of parts.filter(isNoted)) {
      wrap(part.kind === 'computed' ? part.key : part.value, `${names.note}(`, ')')
    }
  }
  new Visitor({
    // A bundler reads the options of an import; they must stay a literal.
    ImportExpression: (node) => void skipped.add(node.options),
    ObjectExpression: instrument,
    ArrayExpression: instrument,
    MemberExpression: (node) => {
      const value = isImportMeta(node.object) && !node.computed && options.meta[node.property.name]
      if (value) output.overwrite(node.start, node.end, JSON.stringify(value))
    },
  }).visit(program)
  return {
    code: output.toString(),
    map: output.generateMap({ source: source.file, hires: true }).toString(),
  }
}

function objectParts(node: ESTree.ObjectExpression): LiteralPart[] {
  return node.properties.map((property): LiteralPart => {
    if (property.type === 'SpreadElement') {
      return { kind: 'spread', value: spanOf(property.argument) }
    }
    const key = spanOf(property.key)
    // `{ key() {} }`: the value begins after the key, but a reader looks at both.
    const value =
      property.method || property.kind !== 'init' ? spanOf(property) : spanOf(property.value)
    const name = property.computed ? undefined : staticName(property.key)
    return name === undefined
      ? { kind: 'computed', key, value }
      : { kind: 'property', name, key, value }
  })
}

function arrayParts(node: ESTree.ArrayExpression): LiteralPart[] {
  return node.elements.map((element): LiteralPart => {
    if (element === null) return { kind: 'item', value: spanOf(node) }
    return element.type === 'SpreadElement'
      ? { kind: 'spread', value: spanOf(element.argument) }
      : { kind: 'item', value: spanOf(element) }
  })
}

function staticName(key: ESTree.PropertyKey): string | undefined {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : undefined
}

/** Where functions wait or yield. */
function findPauses(program: ESTree.Program): readonly number[] {
  const pauses: number[] = []
  const add = (node: Span): void => void pauses.push(node.start)
  new Visitor({
    AwaitExpression: add,
    YieldExpression: add,
    ForOfStatement: (node) => void (node.await && add(node)),
  }).visit(program)
  return pauses
}

function isImportMeta(node: ESTree.Expression | ESTree.Super): boolean {
  return node.type === 'MetaProperty' && node.meta.name === 'import'
}

function spanOf({ start, end }: Span): Span {
  return { start, end }
}
