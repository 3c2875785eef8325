import { defineRuntime, env } from 'neemata/config'

export default defineRuntime({
  apps: {
    places: './examples/places/index.ts',
    trips: './examples/trips/index.ts',
  },
  transports: {
    http: { type: 'http', host: env.string('HOST', '127.0.0.1'), port: env.port('PORT', 3000) },
  },
  logging: {
    level: env.enum(
      'LOG_LEVEL',
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'info',
    ),
  },
})
