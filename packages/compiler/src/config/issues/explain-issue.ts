import type { DiagnosticCode } from '../../diagnostics/catalogue.ts'
import { closestMatch } from '../closest-match.ts'
import { isEnvReference } from '../declare/env-reference.ts'
import { formatPath } from './config-path.ts'
import { alternatives, describeType, describeValue, quote } from './describe-value.ts'
import type { FlatIssue, Issue } from './flatten-issue.ts'

/** An issue in words. */
export interface Explanation {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint?: string | undefined
}

/** Says what is wrong with a value; unknown keys are explained elsewhere. */
export function explainIssue(flat: FlatIssue, value: unknown): Explanation {
  const { issue } = flat
  const option = formatPath(flat.path) || 'the config'
  if (flat.key) return explainKey(issue, String(flat.path.at(-1)))
  if (issue.code === 'custom' || issue.code === 'invalid_format') {
    const given =
      issue.code === 'custom' && issue.params ? '' : `, and it is ${describeValue(value)}`
    const code = customCode(issue) ?? 'NM1024'
    return { code, message: `${option} ${issue.message}${given}.` }
  }
  const words = acceptedWords(flat)
  if (value === undefined) {
    const hint = words.length > 0 ? `Use ${alternatives(words.map(quote))}.` : undefined
    return { code: 'NM1023', message: `${option} is required.`, hint }
  }
  if (isEnvReference(value)) {
    return {
      code: 'NM1025',
      message: `${option} can't be a reference, and it is ${describeValue(value)}.`,
    }
  }
  if (typeof value === 'string' && words.length > 0) return explainWord(option, value, words)
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    return {
      code: 'NM1024',
      message: `${option} ${explainRange(issue)}, and it is ${describeValue(value)}.`,
    }
  }
  if (issue.code === 'invalid_type' && typeof value === 'number')
    return explainNumber(option, issue, value)
  const types = acceptedTypes(flat)
  return {
    code: 'NM1021',
    message: `${option} must be ${types || 'something else'}, and it is ${describeValue(value)}.`,
  }
}

function explainKey(issue: Issue, key: string): Explanation {
  return {
    code: customCode(issue) ?? 'NM1030',
    message: `The name ${quote(key)} ${issue.message}.`,
  }
}

function explainWord(option: string, value: string, words: readonly string[]): Explanation {
  const match = closestMatch(value, words)
  const list = alternatives(words.map(quote))
  return {
    code: 'NM1022',
    message: `${option} can't be ${quote(value)}.`,
    hint: match === undefined ? `Use ${list}.` : `Did you mean ${quote(match)}? It can be ${list}.`,
  }
}

function explainNumber(
  option: string,
  issue: Issue & { code: 'invalid_type' },
  value: number,
): Explanation {
  if (issue.expected === 'int' || issue.expected === 'number') {
    const message = `${option} must be ${describeType(issue.expected)}, and it is ${value}.`
    return { code: 'NM1024', message }
  }
  const message = `${option} must be ${describeType(issue.expected)}, and it is ${describeValue(value)}.`
  return { code: 'NM1021', message }
}

function explainRange(issue: Issue & { code: 'too_small' | 'too_big' }): string {
  if (issue.origin === 'string' || issue.origin === 'array') return 'must not be empty'
  return issue.code === 'too_small'
    ? `must be at least ${issue.minimum}`
    : `must be at most ${issue.maximum}`
}

/** The fixed words that the place accepts. */
function acceptedWords({ issue, alternatives: others = [] }: FlatIssue): readonly string[] {
  return [issue, ...others].flatMap((one) => {
    if (one.code === 'invalid_value') return one.values.map(String)
    if (one.code !== 'invalid_union' || !('options' in one)) return []
    return (one.options ?? []).flatMap((word) => (word === undefined ? [] : [String(word)]))
  })
}

function acceptedTypes(flat: FlatIssue): string {
  const types = [flat.issue, ...(flat.alternatives ?? [])].flatMap((one) =>
    one.code === 'invalid_type' ? [describeType(one.expected)] : [],
  )
  return alternatives([...acceptedWords(flat).map(quote), ...types])
}

function customCode(issue: Issue): DiagnosticCode | undefined {
  return issue.code === 'custom'
    ? (issue.params?.['code'] as DiagnosticCode | undefined)
    : undefined
}
