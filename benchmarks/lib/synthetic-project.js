// @ts-check
import { createProject } from './project-folder.js'

const proceduresPerFile = ['create', 'get', 'list', 'update', 'remove']

/**
 * Makes a project of one application: `domains` routers, in each of them `filesPerDomain` files with
 * five procedures and a router of their own.
 * @param {{ domains: number, filesPerDomain: number }} size
 * @returns {{ folder: string, procedures: number, files: number }}
 */
export function createSyntheticProject({ domains, filesPerDomain }) {
  const domainNames = Array.from({ length: domains }, (_, index) => `domain${index}`)
  const resources = Array.from({ length: filesPerDomain }, (_, index) => `resource${index}`)

  /** @type {Record<string, string>} */
  const files = {
    'neemata.config.ts': renderConfig(),
    'app/index.ts': renderApplication(),
    'app/router.ts': renderRouter(domainNames, (name) => `./${name}/router.ts`),
  }
  for (const domain of domainNames) {
    files[`app/${domain}/router.ts`] = renderRouter(resources, (name) => `./${name}.ts`)
    for (const resource of resources)
      files[`app/${domain}/${resource}.ts`] = renderResource(resource)
  }
  return {
    folder: createProject('synthetic', files),
    procedures: domains * filesPerDomain * proceduresPerFile.length,
    files: domains * filesPerDomain,
  }
}

function renderConfig() {
  return `import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: { main: './app/index.ts' },
  transports: { http: { type: 'http', host: '127.0.0.1', port: env.port('PORT', 3000) } },
})
`
}

function renderApplication() {
  return `import { defineApplication } from 'neemata'

import { router } from './router.ts'

export default defineApplication({ router })
`
}

/**
 * @param {readonly string[]} names
 * @param {(name: string) => string} toPath
 */
function renderRouter(names, toPath) {
  return `import { defineRouter } from 'neemata'

${names.map((name) => `import { router as ${name} } from '${toPath(name)}'`).join('\n')}

export const router = defineRouter({ ${names.join(', ')} })
`
}

/** @param {string} resource */
function renderResource(resource) {
  return `import { ApiError, defineGuard, defineInjectable, defineProcedure, defineRouter } from 'neemata'
import { z } from 'zod'

const Item = z.object({
  id: z.string(),
  name: z.string().min(1).max(200),
  tags: z.array(z.string()),
  price: z.number().nonnegative(),
  status: z.enum(['draft', 'active', 'archived']),
})

const items = defineInjectable({
  name: '${resource}',
  create: () => new Map<string, z.infer<typeof Item>>(),
})

const isAllowed = defineGuard({
  dependencies: { items },
  handler: ({ items }) => items.size < 10_000,
})
${proceduresPerFile.map(renderProcedure).join('')}
export const router = defineRouter({ ${proceduresPerFile.join(', ')} }, { guards: [isAllowed] })
`
}

/** @param {string} name */
function renderProcedure(name) {
  return `
export const ${name} = defineProcedure({
  input: z.object({
    id: z.string(),
    name: z.string().min(1).max(200).optional(),
    limit: z.number().int().min(1).max(100).default(20),
    filter: z.object({ tag: z.string(), status: Item.shape.status }).partial().optional(),
  }),
  output: z.object({ item: Item.optional(), items: z.array(Item), operation: z.string() }),
  dependencies: { items },
  async handler({ items }, { id, name, limit, filter }) {
    const item = items.get(id)
    if (item !== undefined && item.status === 'archived') {
      throw new ApiError('conflict', \`\${item.name} is archived\`, { id })
    }
    if (name !== undefined) {
      items.set(id, { id, name, tags: [], price: 0, status: 'draft', ...item })
    }
    const found = [...items.values()].filter(
      (other) => filter?.status === undefined || other.status === filter.status,
    )
    return { item: items.get(id), items: found.slice(0, limit), operation: '${name}' }
  },
})
`
}
