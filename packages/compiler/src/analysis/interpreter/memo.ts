import type { Lazy } from './value.ts'

/** Evaluates once; asked again while it evaluates, it answers `whileRunning()`. */
export function memo<T>(evaluate: () => T, whileRunning: () => T): Lazy<T> {
  let state: { readonly value: T } | 'new' | 'running' = 'new'
  return () => {
    if (state === 'running') return whileRunning()
    if (state === 'new') {
      state = 'running'
      state = { value: evaluate() }
    }
    return state.value
  }
}
