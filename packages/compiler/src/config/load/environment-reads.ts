import { type ESTree, Visitor } from 'rolldown/utils'

import { createDiagnostic } from '../../diagnostics/create-diagnostic.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { memberName, readProcessNames, unwrapExpression } from './process-names.ts'
import { type ReadContext, readContexts } from './read-contexts.ts'
import type { SourceText } from './source-text.ts'
import { suggestReference } from './suggest-reference.ts'

/** One place that reads the environment; `name` is the variable, if it is written out. */
interface EnvironmentRead {
  readonly node: ESTree.Node
  readonly name: string | undefined
}

/** Reports every direct read of the environment, by syntax: nothing is run. */
export function findEnvironmentReads(source: SourceText, program: ESTree.Program): Diagnostic[] {
  const reads = collectReads(program)
  if (reads.length === 0) return []
  const contexts = readContexts(program, source.text)
  return reads.map((read) => createReadDiagnostic(source, read, contexts.get(read.node)))
}

function collectReads(program: ESTree.Program): readonly EnvironmentRead[] {
  const names = readProcessNames(program)
  const reads: EnvironmentRead[] = []
  const seen = new Set<ESTree.Node>()
  const add = (node: ESTree.Node, environment: ESTree.Node, name?: string): void => {
    seen.add(environment)
    reads.push({ node, name })
  }
  new Visitor({
    VariableDeclarator: (node) => {
      if (node.id.type !== 'ObjectPattern' || !node.init) return
      const read = unwrapExpression(node.init)
      for (const property of node.id.properties) {
        const name = property.type === 'Property' ? propertyName(property) : undefined
        if (names.isEnvironment(read)) add(property, read, name)
        if (names.isProcess(read) && name === 'env') add(property, property)
      }
    },
    MemberExpression: (node) => {
      const object = unwrapExpression(node.object)
      if (names.isEnvironment(object)) add(node, object, memberName(node))
      else if (names.isEnvironment(node) && !seen.has(node)) add(node, node)
    },
  }).visit(program)
  // Imported and handed on: no read of a variable shows, but something will read.
  if (reads.length === 0) names.imports.forEach((node) => add(node, node))
  return reads
}

function propertyName(property: ESTree.BindingProperty): string | undefined {
  return !property.computed && property.key.type === 'Identifier' ? property.key.name : undefined
}

function createReadDiagnostic(
  source: SourceText,
  { node, name }: EnvironmentRead,
  context: ReadContext | undefined,
): Diagnostic {
  return createDiagnostic('NM1008', {
    message: name
      ? `The variable ${name} is read while the config is compiled.`
      : 'The environment is read while the config is compiled.',
    ...(name && {
      hint: `Write \`${suggestReference(name, context)}\`, with \`env\` from 'neemata/config': the variable is then read when the system starts.`,
    }),
    at: source.place(node),
  })
}
