import { z } from 'zod'

import { configured } from './configured.ts'

const redisUrl = z.string().refine(isRedisUrl, {
  error: 'must be a URL that begins with redis:// or rediss://',
})

export const redisSchema = z
  .strictObject({
    url: configured(redisUrl, { types: ['url', 'string'], optional: true }).meta({
      description:
        'Where Redis listens, `redis://host:6379`. A reference that is absent when the system starts selects the embedded store.',
    }),
  })
  .meta({
    title: 'Redis',
    description: 'The store of jobs and events that several machines share.',
  })

function isRedisUrl(text: string): boolean {
  return URL.canParse(text) && ['redis:', 'rediss:'].includes(new URL(text).protocol)
}
