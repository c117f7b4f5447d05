// The parts of a draft with tables of their own: tags, bylines, and which media it shows.
import { isDeepStrictEqual } from 'node:util'
import { eq } from 'drizzle-orm'
import { insertAll } from '../../../storage/columns/rows.ts'
import type { Writer } from '../../../storage/database.ts'
import { mentions } from '../../body/mentions.ts'
import type { ConvertedArticle } from '../schema.ts'
import { bylineForm, type WorkingCopy } from './read.ts'

/** The parts of a draft with tables of their own. */
export const partsOf = ({ tags = [], bylines = [] }: ConvertedArticle) => ({
  tags,
  bylines: bylines.map(bylineForm)
})

/** The tables of parts of a draft, and their rows. */
export const partTables = ({ t }: Writer) => [
  { table: t.articleTags, rowsOf: tagRows },
  { table: t.articleBylines, rowsOf: bylineRows },
  { table: t.articleMedia, rowsOf: mediaRows }
]

const tagRows = ({ id: articleId, tags }: WorkingCopy) =>
  tags.map((tag, position) => ({ articleId, position, tag }))

const bylineRows = ({ id: articleId, bylines }: WorkingCopy) =>
  bylines.map((byline, position) => ({ articleId, position, ...byline }))

function mediaRows({ id: articleId, leadMediaId, body }: WorkingCopy) {
  const shown = mentions(body).flatMap(({ kind, id }) => (kind === 'media' ? [id] : []))
  const all = new Set(leadMediaId ? [leadMediaId, ...shown] : shown)
  return [...all].map((mediaId) => ({ articleId, mediaId }))
}

/** Writes those parts of a draft that are not as they were. */
export async function replaceParts(tx: Writer, before: WorkingCopy, after: WorkingCopy) {
  for (const { table, rowsOf } of partTables(tx)) {
    const rows = rowsOf(after)
    if (isDeepStrictEqual(rowsOf(before), rows)) continue
    await tx.q.delete(table).where(eq(table.articleId, after.id))
    await insertAll(tx, table, rows)
  }
}
