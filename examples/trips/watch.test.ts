import { type Client, createClient } from 'neemata/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import type { Contract } from '../../generated/contract.ts'
import { startSystem, type System } from '../start-system.ts'
import type { Trip } from './trip.ts'

const zurich = 2657896
const london = 2643743
let system: System
let year = 2040

beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system.stop())

/** Nobody travels twice on one day, so each trip has a year of its own. */
function nextTrip() {
  return { from: zurich, to: london, departure: `${year++}-05-01` }
}

describe.each(['http', 'ws'] as const)('over %s', (transport) => {
  function connect(token: string): Client<Contract> {
    const { url } = system
    const authorization = `Bearer ${token}`
    return createClient<Contract>(
      transport === 'ws'
        ? { url, transport, WebSocket, authorization }
        : { url, headers: { authorization } },
    )
  }

  test('streams the trips that one creates', async () => {
    const [ada, grace] = [connect('ada-token'), connect('grace-token')]
    const watched = ada.trips.watch()[Symbol.asyncIterator]()
    const seen: Trip[] = []
    // A watch begins on its own time: until it has, trips go unseen.
    const first = watched.next().then(({ value }) => seen.push(value))
    while (seen.length === 0) await ada.trips.create(nextTrip())
    await first

    await grace.trips.create(nextTrip())
    const last = await ada.trips.create(nextTrip())
    while (seen.at(-1)?.id !== last.id) seen.push((await watched.next()).value)
    const own = await ada.trips.list({ limit: 100 })
    expect(own).toEqual(expect.arrayContaining(seen))
    await watched.return?.()
    for (const client of [ada, grace]) client.$close()
  })

  test('lets only users watch', async () => {
    const client = createClient<Contract>(
      transport === 'ws' ? { url: system.url, transport, WebSocket } : { url: system.url },
    )
    const watch = client.trips.watch()[Symbol.asyncIterator]()
    await expect(watch.next()).rejects.toMatchObject({ code: 'unauthenticated' })
    client.$close()
  })
})
