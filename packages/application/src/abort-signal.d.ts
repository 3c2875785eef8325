// This package sees no platform types. The one that its contracts name is declared here and merges
// with the platform's own, in a browser and in Node alike.
interface AbortSignal {
  readonly aborted: boolean
}
