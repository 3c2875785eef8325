import { expect, test } from 'vitest'

import { reminderDelay } from './reminder-delay.ts'

test('reminds on the day before the departure', () => {
  expect(reminderDelay('2031-05-03', new Date('2031-05-01T18:00:00Z'))).toBe(6 * 60 * 60 * 1_000)
})

test('reminds at once of a departure that is near', () => {
  expect(reminderDelay('2031-05-03', new Date('2031-05-02T08:00:00Z'))).toBe(0)
})
