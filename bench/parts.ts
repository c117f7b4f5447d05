// The parts of a story as they are stored: its picture, its quotes, its comments.
import type { Article } from '../src/content/articles/schema.ts'
import { creditForm } from '../src/content/media/store.ts'
import { publicForm } from '../src/discussion/comments/publication.ts'
import type { Tables } from '../src/storage/database.ts'
import type { Remark, Sent } from './newsroom.ts'
import { change, iso, made, type NewId, type Placed, type Rows } from './rows.ts'

type Row<Name extends keyof Tables> = Tables[Name]['$inferSelect']
type Changes = NonNullable<Rows['changes']>

/** What a part of a story is stored as. */
interface Part {
  rows: Rows
  changes: Changes
}

/** The lead picture, where there is one, with its credit. */
export function pictured({ story, createdAt }: Sent, newId: NewId): Part & { shown: Article['media'] } {
  const [lead] = story.media ?? []
  if (!lead) return { rows: {}, changes: [], shown: [] }
  const { kind, url = null, caption = null, alt = null, width = null, height = null } = lead
  const own = { kind, url, caption, alt, width, height, capturedAt: null, digitalSourceType: null }
  const { creditLine, creators, suppliers } = lead.credits![0]!
  const id = newId('med')
  const credit: Row<'mediaCredits'> = {
    id: newId('crd'),
    mediaId: id,
    creditLine,
    creators: creators!,
    suppliers: suppliers!,
    copyrightNotice: null,
    copyrightHolder: null,
    licence: null,
    usageTerms: null,
    acquireLicensePage: null,
    expiresAt: null,
    territories: null,
    purposes: null,
    maxUses: null,
    approvalBy: null,
    approval: null,
    noticeAt: null,
    ...made(createdAt)
  }
  const at = iso(createdAt)
  return {
    rows: { media: [{ id, ...own, people: [], ...made(createdAt) }], mediaCredits: [credit] },
    changes: [change('create', 'media', id, { at }), change('create', 'credit', credit.id, { at })],
    shown: [{ id, ...own, credits: [creditForm(credit)] }]
  }
}

/** The quotes of a story, with who said them. */
export function quoted(
  { story, createdAt }: Sent,
  articleId: string,
  newId: NewId
): Part & { quotes: Article['quotes'] } {
  const rows = {
    quotes: [] as Row<'quotes'>[],
    attributions: [] as Row<'attributions'>[],
    hops: [] as Row<'hops'>[]
  }
  const changes: Changes = []
  const about = { at: iso(createdAt), articleId }
  const quotes = story.quotes!.map(({ text, attributions }) => {
    const id = newId('quo')
    const said = {
      text,
      kind: 'direct',
      display: 'inline',
      language: null,
      verbatim: null,
      alterations: []
    } as const
    rows.quotes.push({ id, articleId, ...said, alterations: [], ...made(createdAt) })
    changes.push(change('create', 'quote', id, about))
    const chains = attributions!.map(({ hops }) => {
      const attribution = { id: newId('att'), articleId, quoteId: id, claim: null }
      const chain = hops.map((hop) => ({ ...hop, terms: 'on_record' as const }))
      rows.attributions.push({ ...attribution, ...made(createdAt) })
      rows.hops.push(...chain.map((hop, position) => hopRow(attribution.id, position, hop)))
      changes.push(change('create', 'attribution', attribution.id, about))
      return { ...attribution, hops: chain }
    })
    return { id, articleId, ...said, alterations: [], attributions: chains }
  })
  return { rows, changes, quotes }
}

type Chain = Article['quotes'][number]['attributions'][number]['hops']

const hopRow = (
  attributionId: string,
  position: number,
  { sourceId, unnamed, relation, terms }: Chain[number]
) => ({
  attributionId,
  position,
  sourceId: sourceId ?? null,
  citedId: null,
  unnamed: unnamed ?? null,
  relation,
  terms,
  url: null,
  at: null,
  positionToKnow: null
})

/** The comments of a story, all of them approved, with their documents. */
export function commented({ remarks }: Sent, articleId: string, newId: NewId): Part & { placed: Placed[] } {
  const comments: Row<'comments'>[] = []
  for (const remark of remarks) {
    const parent = remark.parent === null ? undefined : comments[remark.parent]
    comments.push(commentRow(remark, articleId, newId('com', remark.createdAt), parent))
  }
  return {
    rows: { comments },
    changes: comments.flatMap(({ id, createdAt, updatedAt }) => [
      change('create', 'comment', id, { at: createdAt, articleId }),
      change('approve', 'comment', id, { at: updatedAt, articleId, version: 2 })
    ]),
    placed: comments.map((row) => ({ document: documentOf(row), at: row.updatedAt }))
  }
}

const commentRow = (
  { comment, createdAt, approvedAt }: Remark,
  articleId: string,
  id: string,
  parent?: Row<'comments'>
): Row<'comments'> => ({
  id,
  articleId,
  parentId: parent?.id ?? null,
  depth: (parent?.depth ?? 0) + 1,
  thread: `${parent?.thread ?? ''}${id.slice('com_'.length)}`,
  authorName: comment.author.name,
  author: null,
  email: null,
  network: null,
  sealedEmail: null,
  editKey: null,
  rules: [],
  fingerprint: null,
  reports: 0,
  body: comment.body,
  status: 'approved',
  reasons: [],
  editedAt: null,
  version: 2,
  createdAt: iso(createdAt),
  updatedAt: iso(approvedAt)
})

const documentOf = (row: Row<'comments'>): Placed['document'] => ({
  kind: 'comment',
  id: row.id,
  articleId: row.articleId,
  position: row.thread,
  value: publicForm(row),
  facets: { article: [row.articleId], ...(row.parentId && { parent: [row.parentId] }) }
})
