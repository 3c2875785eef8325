import type { Place } from './place.ts'
import { refuse } from './refusal.ts'
import type { Lazy, ObjectContent, ObjectEntry, OpaqueValue } from './value.ts'

/** Collects the parts of an object in the order in which they are written. */
export class ObjectBuilder {
  private readonly entries = new Map<string, ObjectEntry>()
  private readonly places = new Map<string, Place>()
  private readonly unknown: OpaqueValue[] = []
  private readonly overridden: { key: string; first: Place; second: Place }[] = []

  /** `place` is that of the key, `at` that of the part of this object that brings it. */
  set(part: { key: string; place: Place; at: Place; value: Lazy; uncertain?: OpaqueValue }): void {
    const { key, place, at, value, uncertain } = part
    if (key === '__proto__') {
      const message = 'The key `__proto__` sets the prototype of the object.'
      return this.addUnknown(refuse(place, { code: 'NM2028', message }))
    }
    const first = this.places.get(key)
    if (first !== undefined) this.overridden.push({ key, first, second: at })
    this.places.set(key, at)
    this.entries.set(key, { place, value, ...(uncertain && { uncertain }) })
  }

  /** A part that may hold any key, and so may override all those before it. */
  addUnknown(part: OpaqueValue): void {
    this.unknown.push(part)
    for (const [key, entry] of this.entries) {
      if (entry.uncertain === undefined) this.entries.set(key, { ...entry, uncertain: part })
    }
  }

  /** Keys that are written twice in an object that is spread into this one. */
  inheritOverrides(content: ObjectContent): void {
    this.overridden.push(...content.overridden)
  }

  build(): ObjectContent {
    return { entries: this.entries, unknown: this.unknown, overridden: this.overridden }
  }
}
