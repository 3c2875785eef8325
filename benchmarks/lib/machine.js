// @ts-check
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os'

/** One line that says where the figures come from. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores of ${model}, ${memory} GB, ${platform()} ${release()}, Node ${process.version}`
}
