import type { Configured, ResolvedConfig } from '../config/resolved-config.ts'
import type { Model } from '../model/model.ts'

/** The optional parts of the runtime that a system uses; what it doesn't use is not bundled. */
export interface Features {
  readonly jobs: boolean
  readonly scheduler: boolean
  readonly websocket: boolean
  readonly commands: boolean
  /** Whether processes start threads, of slots or of pools. */
  readonly workers: boolean
  /** Whether processes connect to Redis; `at-boot`: if the environment says where it is. */
  readonly redis: 'never' | 'always' | 'at-boot'
}

/** Which parts a system uses. */
export function resolveFeatures(config: ResolvedConfig, model: Model): Features {
  const apps = Object.values(model.apps)
  const jobs = apps.some((app) => Object.keys(app.jobs).length > 0)
  const pools = Object.values(model.workers.jobs)
  return {
    jobs,
    scheduler: Object.keys(model.schedules).length > 0,
    websocket: Object.values(config.transports).some(({ type }) => type === 'ws'),
    commands: apps.some((app) => Object.keys(app.commands).length > 0),
    workers: model.workers.api.threads > 0 || (jobs && pools.some(({ threads }) => threads > 0)),
    redis: resolveRedis(config.redis.url),
  }
}

function resolveRedis(url: Configured<string> | undefined): Features['redis'] {
  if (url === undefined) return 'never'
  if (typeof url === 'string' || !url.$env.optional) return 'always'
  return url.$env.default === undefined ? 'at-boot' : 'always'
}
