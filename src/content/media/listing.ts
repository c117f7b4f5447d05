// Lists of media at the desk.
import { and, desc, eq, exists, inArray, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { lookalikesOf } from '../../files/renditions/lookalike.ts'
import { choice, filterValues, HttpUrl, Instant, id, listQuery, text, utc } from '../../http/schemas.ts'
import { rowsIn } from '../../storage/columns/rows.ts'
import type { Reader, Tables } from '../../storage/database.ts'
import { isNotTrashed } from '../articles/soft-deletion.ts'
import { hasExternalId } from '../external/ids.ts'
import { externalFilter } from '../external/schema.ts'
import { type DraftMedia, digitalSourceType, mediaInput } from './schema.ts'
import { draftForm, withCredits } from './store.ts'

export const MediaFilters = listQuery({
  kind: filterValues(mediaInput.kind),
  article: filterValues(id('art')),
  url: filterValues(HttpUrl, 'The address of the file, exactly so.'),
  creator: filterValues(text(300)),
  supplier: filterValues(text(300)),
  licence: filterValues(text(300, { examples: ['CC BY 4.0'] })),
  'expiresAt.lt': Type.Optional(Instant),
  orientation: filterValues(choice(['landscape', 'portrait', 'square'])),
  digitalSourceType: filterValues(digitalSourceType),
  similarTo: Type.Optional({ ...id('med'), description: 'Others whose pictures look like its picture.' }),
  ...externalFilter
})
export type MediaFilters = Static<typeof MediaFilters>

/** What only the desk finds media by. */
export const deskFilters = ['externalId', 'similarTo']

/** Whether one of these articles uses this file. */
export function isShownIn(
  db: Reader,
  mediaId: Tables['media']['id'] | Tables['mediaCredits']['mediaId'],
  articleIds: string[]
): SQL {
  const { articleMedia: m } = db.t
  return exists(
    db.q
      .select({ id: m.articleId })
      .from(m)
      .where(and(eq(m.mediaId, mediaId), inArray(m.articleId, articleIds), isNotTrashed(db, m.articleId)))
  )
}

/** Whether one of its credits names one of these. */
function isCreditedTo(db: Reader, role: 'creator' | 'supplier' | 'licence', names: string[]): SQL {
  const { creditNames: n, media } = db.t
  return exists(
    db.q
      .select({ id: n.mediaId })
      .from(n)
      .where(and(eq(n.role, role), inArray(n.name, names), eq(n.mediaId, media.id)))
  )
}

/** Whether the rights of one of its credits end before this instant. */
function endsBefore(db: Reader, instant: string): SQL {
  const { mediaCredits: c, media } = db.t
  return exists(
    db.q
      .select({ id: c.id })
      .from(c)
      .where(and(eq(c.mediaId, media.id), lt(c.expiresAt, utc(instant))))
  )
}

type Orientation = NonNullable<MediaFilters['orientation']>[number]

/** Whether it is taller than wide, or wider than tall: what its record says, or its own file. */
function isOriented(db: Reader, orientations: Orientation[]): SQL | undefined {
  const { media, files } = db.t
  const width = sql`coalesce(${media.width}, ${files.width})`
  const height = sql`coalesce(${media.height}, ${files.height})`
  const forms: Record<Orientation, SQL> = {
    landscape: sql`${width} > ${height}`,
    portrait: sql`${width} < ${height}`,
    square: sql`${width} = ${height}`
  }
  return or(...orientations.map((one) => forms[one]))
}

/** Whether it is another record whose picture looks like that of this one. */
async function looksLike(db: Reader, id: string): Promise<SQL | undefined> {
  const { media } = db.t
  const [row] = await rowsIn(db, media, 'id', [id])
  const files = row?.file ? await lookalikesOf(db, row.file) : []
  return and(inArray(media.file, files), ne(media.id, id))
}

/** Newest first. */
export async function list(
  db: Reader,
  filters: MediaFilters,
  limit: number,
  after?: string
): Promise<DraftMedia[]> {
  const { media, files } = db.t
  const { creator, supplier, licence, orientation, digitalSourceType, similarTo } = filters
  const rows = await db.q
    .select({ media })
    .from(media)
    .leftJoin(files, eq(files.digest, media.file))
    .where(
      and(
        after === undefined ? undefined : lt(media.id, after),
        filters.kind && inArray(media.kind, filters.kind),
        filters.url && inArray(media.url, filters.url),
        hasExternalId(media, filters.externalId),
        filters.article && isShownIn(db, media.id, filters.article),
        creator && isCreditedTo(db, 'creator', creator),
        supplier && isCreditedTo(db, 'supplier', supplier),
        licence && isCreditedTo(db, 'licence', licence),
        filters['expiresAt.lt'] ? endsBefore(db, filters['expiresAt.lt']) : undefined,
        orientation && isOriented(db, orientation),
        digitalSourceType && inArray(media.digitalSourceType, digitalSourceType),
        similarTo ? await looksLike(db, similarTo) : undefined
      )
    )
    .orderBy(desc(media.id))
    .limit(limit)
  return withCredits(
    db,
    rows.map(({ media }) => media),
    draftForm
  )
}
