// @ts-check
import { transformSync } from 'rolldown/utils'

/**
 * A Rollup plugin that turns TypeScript into JavaScript. Sources hold erasable syntax only, so that
 * removing types is all there is to do.
 * @returns {import('rollup').Plugin}
 */
export function stripTypes() {
  return {
    name: 'strip-types',
    transform(code, id) {
      if (!id.endsWith('.ts')) return null
      const { code: output, map, errors } = transformSync(id, code, { sourcemap: true })
      const [error] = errors
      if (error) this.error(`${id}: ${error.message}`)
      return { code: output, map: map ? JSON.stringify(map) : null }
    },
  }
}
