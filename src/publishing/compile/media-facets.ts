// What readers find a published file by.
import type { Media } from '../../content/media/schema.ts'

const named = (value: string | null) => (value === null ? [] : [value])

/** Its credits may be several: each of their names is one of its own. */
export function mediaFacets({ kind, url, width, height, digitalSourceType, credits }: Media) {
  return {
    kind: [kind],
    url: named(url),
    creator: credits.flatMap(({ creators }) => creators),
    supplier: credits.flatMap(({ suppliers }) => suppliers),
    licence: credits.flatMap(licencesOf),
    orientation: width === null || height === null ? [] : [orientationOf(width, height)],
    digitalSourceType: named(digitalSourceType)
  }
}

/** The name of the licence of a credit, if it has one. */
export const licencesOf = ({ licence }: Pick<Media['credits'][number], 'licence'>) =>
  named(licence?.name ?? null)

function orientationOf(width: number, height: number) {
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}

/** When the first of its rights ends; null where none does. */
export const firstEndOf = ({ credits }: Media): string | null =>
  credits
    .flatMap(({ expiresAt }) => named(expiresAt))
    .sort()
    .at(0) ?? null
