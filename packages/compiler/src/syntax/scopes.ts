import type { ts as TypeScript } from './typescript.ts'

/** Tells whether a function, block, loop or catch clause declares the name itself, hiding an outer one. */
export function declaresName(ts: typeof TypeScript, scope: TypeScript.Node, name: string): boolean {
  if (ts.isFunctionLike(scope)) {
    return (
      scope.parameters.some((parameter) => binds(ts, parameter.name, name)) ||
      (ts.isFunctionExpression(scope) && scope.name?.text === name)
    )
  }
  if (ts.isCatchClause(scope)) {
    return scope.variableDeclaration ? binds(ts, scope.variableDeclaration.name, name) : false
  }
  if (ts.isForStatement(scope) || ts.isForInStatement(scope) || ts.isForOfStatement(scope)) {
    const { initializer } = scope
    return initializer && ts.isVariableDeclarationList(initializer)
      ? declares(ts, initializer, name)
      : false
  }
  if (!ts.isBlock(scope)) return false
  return scope.statements.some((statement) => {
    if (ts.isVariableStatement(statement)) return declares(ts, statement.declarationList, name)
    return (
      (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name?.text === name
    )
  })
}

function declares(
  ts: typeof TypeScript,
  list: TypeScript.VariableDeclarationList,
  name: string,
): boolean {
  return list.declarations.some((declaration) => binds(ts, declaration.name, name))
}

function binds(ts: typeof TypeScript, bound: TypeScript.BindingName, name: string): boolean {
  if (ts.isIdentifier(bound)) return bound.text === name
  return bound.elements.some(
    (element) => !ts.isOmittedExpression(element) && binds(ts, element.name, name),
  )
}
