import fc from 'fast-check'
import { expect, test } from 'vitest'

import { idleTimer, type Timed, TimerWheel } from './timer-wheel.ts'

test('expires late, never early, once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ timeout: fc.nat(20_000), remove: fc.boolean() }), { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 40 }),
      (timeouts, steps) => {
        let now = 1_000_003
        const wheel = new TimerWheel({ now: () => now })
        const expired = new Map<Timed, number>()
        const entries = timeouts.map(({ timeout, remove }) => {
          const entry = createEntry(() => expired.set(entry, (expired.get(entry) ?? 0) + 1))
          wheel.add(entry, timeout)
          if (remove) wheel.remove(entry)
          return { entry, timeout, remove }
        })
        const start = now
        for (const step of [...steps, 30_000]) {
          now += step
          wheel.turn()
          for (const { entry, timeout, remove } of entries) {
            if (remove || now < start + timeout) expect(expired.has(entry)).toBe(false)
            if (!remove && now >= start + timeout + 10) expect(expired.get(entry)).toBe(1)
          }
        }
        expect(wheel.size).toBe(0)
      },
    ),
  )
})

test('lets an expiring entry remove another', () => {
  let now = 0
  const wheel = new TimerWheel({ now: () => now })
  const expired: string[] = []
  const first = createEntry(() => {
    expired.push('first')
    wheel.remove(second)
  })
  const second = createEntry(() => {
    expired.push('second')
    wheel.remove(first)
  })
  wheel.add(first, 5)
  wheel.add(second, 5)
  now = 100
  wheel.turn()
  expect(expired).toHaveLength(1)
})

test('turns by itself while something waits', async () => {
  const wheel = new TimerWheel()
  const started = performance.now()
  await new Promise<void>((resolve) => wheel.add(createEntry(resolve), 25))
  expect(performance.now() - started).toBeGreaterThanOrEqual(25)
  expect(wheel.size).toBe(0)
})

function createEntry(expire: () => void): Timed {
  return { ...idleTimer, expire }
}
