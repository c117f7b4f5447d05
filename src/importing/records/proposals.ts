// What was read from a page, or from an article of an export, as proposals that wait for an editor.
import * as changes from '../../changes/log/store.ts'
import type { ConvertedStory, DraftArticle } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { plainText } from '../../content/body/text.ts'
import type { Keys } from '../../content/external/keys.ts'
import { newId } from '../../http/ids.ts'
import { insertAll, rowsIn } from '../../storage/columns/rows.ts'
import type { Writer } from '../../storage/database.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { countDoubtful, idsOf, type Proposal, recordsOfDraft } from './current-records.ts'

/** The keys of sources that a page does not name in full: "the company", or a surname alone. */
export const unclearNames = ({ sources = [] }: Pick<ConvertedStory, 'sources'>, evidence: Evidence[]) => [
  ...evidence.flatMap(({ rule, key }) => (rule === 'described-speaker' ? [key] : [])),
  ...sources.flatMap(({ key, kind, name }) => (key && kind === 'person' && !/\s/.test(name) ? [key] : []))
]

/** The proposals of a new import: what was read, by the ids that the records have got; not what was there before. */
export async function proposalsOf(
  tx: Writer,
  article: DraftArticle,
  evidence: Evidence[],
  keys: Keys
): Promise<Proposal[]> {
  const prefixes = { quote: 'quo', claim: 'att', source: 'src', credit: 'med' } as const
  const named = evidence.map((one) => ({ ...one, id: keys.id(prefixes[one.kind], one.key) }))
  const fresh = named.filter((one) => !keys.known.has(one.id))
  const credits = await creditsOf(tx, idsOf(fresh).credits)
  const known = fresh.map((one) => ({ ...one, id: credits.get(one.id) ?? one.id }))
  const there = await recordsOfDraft(tx, article, idsOf(known))
  return known.map(({ key: _, ...one }) => ({
    ...one,
    proposed: there.get(one.id)!,
    state: 'waiting',
    ...{ decided: null, decidedAt: null, decidedBy: null, mergedInto: null }
  }))
}

/** The credits of these pictures, each of which has one. */
async function creditsOf(tx: Writer, pictures: string[]) {
  const rows = await rowsIn(tx, tx.t.mediaCredits, 'mediaId', pictures)
  return new Map(rows.map(({ id, mediaId }) => [mediaId, id]))
}

/** An article of an export, and where it is from. */
interface ExportedArticle {
  story: Pick<ConvertedStory, 'title' | 'canonicalUrl'> & { body: Body }
  evidence: Evidence[]
  keys: Keys
  digest: string
  /** Where it stands in the export. */
  place: string
  system: string
  /** The import of the export; empty on the command line. */
  run: string
}

/** Has what was read from an article of an export wait for review. Nothing is kept where nothing was read. */
export async function keepProposals(
  tx: Writer,
  article: DraftArticle,
  { story, evidence, keys, digest, place, system, run }: ExportedArticle
) {
  if (evidence.length === 0) return
  const proposals = await proposalsOf(tx, article, evidence, keys)
  if (proposals.length === 0) return
  const { t, now, actor } = tx
  const id = newId('imp')
  const row = {
    ...{
      id,
      articleId: article.id,
      status: 'waiting' as const,
      system,
      exportId: run || null,
      mediaType: 'text/html' as const
    },
    ...{ file: place, canonicalUrl: story.canonicalUrl ?? null, digest },
    ...{ actor: actor.name, role: actor.role },
    text: [story.title, plainText(story.body)].join('\n\n'),
    ...{ proposals, waiting: proposals.length, doubtful: countDoubtful(proposals), warnings: [] },
    ...{ version: 1, createdAt: now, updatedAt: now }
  }
  await insertAll(tx, t.imports, [row])
  await changes.append(tx, { action: 'create', kind: 'import', id, articleId: article.id, version: 1 })
}
