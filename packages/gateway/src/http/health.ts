import type { Health } from '../host.ts'

export interface HealthAnswer {
  readonly status: 200 | 503
  readonly text: string
}

/** Answers `/healthz` (is the process alive) and `/readyz` (may it be sent traffic). */
export function answerHealth(
  path: string,
  health: Health,
  draining: boolean,
): HealthAnswer | undefined {
  switch (path) {
    case '/healthz':
      return { status: health.live ? 200 : 503, text: JSON.stringify({ live: health.live }) }
    case '/readyz': {
      const ready = health.ready && !draining
      return { status: ready ? 200 : 503, text: JSON.stringify({ ready }) }
    }
    default:
      return undefined
  }
}
