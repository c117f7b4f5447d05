// The command that writes what editors decided on imports as labelled data: what the importer is measured on.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { isNotTrashed } from '../../content/articles/soft-deletion.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { Refusal } from '../../storage/opening/refusal.ts'
import type { Proposal } from '../records/current-records.ts'
import type { ReviewedRecord } from '../records/schema.ts'
import { pageOf, type Row } from '../records/store.ts'

/** How many imports are read at once. */
const batchSize = 50

/** `labels FILE`: a line of JSON for each import whose proposals are all decided; answers how many. */
export async function writeLabels([file, ...more]: string[], open: () => Promise<Database>): Promise<number> {
  if (file === undefined || more.length > 0) throw new Refusal('npm run labels -- FILE')
  const db = await open()
  const out = createWriteStream(file)
  try {
    await once(out, 'open')
    let count = 0
    for await (const label of labels(db.read)) {
      out.write(`${JSON.stringify(label)}\n`)
      count++
    }
    out.end()
    await finished(out)
    return count
  } finally {
    await db.close()
  }
}

/** The labels of every import that was reviewed whole, the oldest first. */
async function* labels(db: Reader) {
  let rows = await decidedAfter(db, '')
  while (rows.length > 0) {
    // Where nothing was read there was nothing to decide.
    for (const { row, language } of rows) if (row.proposals.length > 0) yield await labelOf(db, row, language)
    rows = await decidedAfter(db, rows.at(-1)!.row.id)
  }
}

/** The next imports whose proposals are all decided, but those of articles in the trash. */
const decidedAfter = (db: Reader, id: string) => {
  const { imports, articles } = db.t
  return db.q
    .select({ row: imports, language: articles.language })
    .from(imports)
    .innerJoin(articles, eq(articles.id, imports.articleId))
    .where(and(eq(imports.status, 'decided'), gt(imports.id, id), isNotTrashed(db, imports.articleId)))
    .orderBy(asc(imports.id))
    .limit(batchSize)
}

/** One import: its text with the quotes and claims that are in it, its figures with their credits, and each decision. */
async function labelOf(db: Reader, row: Row, language: string) {
  const page = await pageOf(db, row.id)
  const content = page && (await promisify(inflate)(page.deflated)).toString('utf8')
  return {
    id: row.id,
    language,
    titled: true,
    text: row.text,
    quotes: goldOf(row),
    form: 'reviewed',
    ...(await figuresOf(db, row.proposals)),
    ...(row.canonicalUrl !== null && { url: row.canonicalUrl }),
    ...(content !== undefined && { page: { mediaType: row.mediaType, content } }),
    proposals: row.proposals.map(({ kind, rule, confidence, readFrom, proposed, state, decided }) => ({
      ...{ kind, rule, confidence, readFrom, proposed },
      decision: state,
      decided
    }))
  }
}

/** The quotes and claims that a reviewer left in the draft. */
function goldOf({ proposals, added }: Row) {
  const kept = proposals.flatMap(({ kind, decided }) => (decided === null ? [] : [{ kind, record: decided }]))
  const roles = new Map(proposals.flatMap(({ id, decided }) => (decided?.role ? [[id, decided.role]] : [])))
  return [...kept, ...added].flatMap(({ kind, record }) => {
    if (kind !== 'quote' && kind !== 'claim') return []
    return [{ ...speechLabel(record, roles), ...(kind === 'claim' && { type: 'claim' }) }]
  })
}

/** Words in their parts, and who said them: null where the draft does not say. */
function speechLabel({ text, claim, speakers = [] }: ReviewedRecord, roles: Map<string, string>) {
  const origin = speakers.at(-1)
  const role = origin?.sourceId && roles.get(origin.sourceId)
  const chain = speakers.slice(0, -1).map(({ name }) => name)
  return {
    text: (text ?? claim)!.split(' ... '),
    speaker: origin?.name ?? null,
    ...(origin && !origin.sourceId && { unnamed: true }),
    ...(role && { role }),
    ...(chain.length > 0 && { chain })
  }
}

/** The pictures whose credits were accepted or corrected, as figures to read and as what is right. */
async function figuresOf({ q, t: { media, mediaCredits } }: Reader, proposals: Proposal[]) {
  const credits = proposals.filter(({ kind, decided }) => kind === 'credit' && decided !== null)
  const rows = await q
    .select({ id: mediaCredits.id, url: media.url, caption: media.caption })
    .from(mediaCredits)
    .innerJoin(media, eq(media.id, mediaCredits.mediaId))
    .where(
      inArray(
        mediaCredits.id,
        credits.map(({ id }) => id)
      )
    )
  const shown = credits.flatMap((credit) => {
    const { url, caption } = rows.find(({ id }) => id === credit.id) ?? {}
    return url ? [{ ...credit, url, caption: caption ?? '' }] : []
  })
  return {
    html: shown.map(figure).join(''),
    media: shown.map(({ url, caption, decided }) => {
      const { creators = [], suppliers = [] } = decided!
      return { url, caption, creators, suppliers }
    })
  }
}

const escaped = (words: string) => words.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

function figure({ url, caption, readFrom, rule }: Proposal & { url: string; caption: string }) {
  const credit =
    rule === 'credit-element' ? `<span class="credit">${escaped(readFrom)}</span>` : escaped(readFrom)
  return `<figure><img src="${escaped(url)}" alt=""><figcaption>${escaped(caption)} ${credit}</figcaption></figure>`
}
