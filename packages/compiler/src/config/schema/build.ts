import { z } from 'zod'

// What npm accepts: an optional scope and a name, no path inside the package.
const packageName = z.string().regex(/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i, {
  error: 'must be the name of a package, such as "sharp" or "@scope/name"',
})

export const buildSchema = z
  .strictObject({
    outDir: z.string().min(1).default('dist').meta({
      description:
        'The folder that a build replaces with its bundles, resolved from the folder of the config file.',
    }),
    external: z.array(packageName).readonly().default([]).meta({
      description:
        'Packages that are copied beside the bundle instead of bundled: those with native code, or that read files of their own.',
    }),
  })
  .meta({ title: 'Build', description: 'How `neemata build` bundles.' })
