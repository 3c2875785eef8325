import { around, distance } from 'geokdbush'
import KDBush from 'kdbush'

/** Degrees; latitude from -90 to 90, longitude from -180 to 180. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** Finds what lies nearest to a point on the globe. */
export interface PositionIndex {
  /** The indexes of the nearest points, nearest first. */
  nearest(to: Coordinates, limit: number): number[]
}

export function createPositionIndex<Point>(
  points: readonly Point[],
  coordinatesOf: (point: Point) => Coordinates,
): PositionIndex {
  const tree = new KDBush(points.length)
  for (const point of points) {
    const { longitude, latitude } = coordinatesOf(point)
    tree.add(longitude, latitude)
  }
  tree.finish()
  return { nearest: ({ longitude, latitude }, limit) => around(tree, longitude, latitude, limit) }
}

/** Kilometres along the great circle, to the metre, on a globe of 6,371 km radius. */
export function distanceBetween(from: Coordinates, to: Coordinates): number {
  const kilometres = distance(from.longitude, from.latitude, to.longitude, to.latitude)
  return Math.round(kilometres * 1000) / 1000
}
