// A story as it is stored once it was created, published and commented on. It does at once what the stores do step
// by step; `npm run bench -- --check` proves that both come to the same.
import type { Article, NewStory } from '../src/content/articles/schema.ts'
import { inputOf, publicPartOf, type WorkingCopy } from '../src/content/articles/store.ts'
import { annotate, quoteAnchor } from '../src/content/body/anchors/anchors.ts'
import { inOrderOfText } from '../src/content/body/mentions.ts'
import { read } from '../src/content/body/read.ts'
import type { Body } from '../src/content/body/schema.ts'
import { isText, textOf } from '../src/content/body/text.ts'
import { publicForm } from '../src/content/sources/store.ts'
import { compile } from '../src/publishing/compile/compile.ts'
import { onNewsstand } from '../src/storage/columns/edition-bytes.ts'
import { nameKey } from '../src/storage/text/name-key.ts'
import type { Sent } from './newsroom.ts'
import { commented, pictured, quoted } from './parts.ts'
import { idAt, type Somebody, sources } from './people.ts'
import { change, iso, made, type NewId, type Placed, type Rows } from './rows.ts'

export const sourceRow = ({ at, ...source }: Somebody) => ({
  ...source,
  externalSystem: null,
  externalId: null,
  ...made(at)
})

/** What is written of the sources, before there are stories. */
export const sourceRows = (): Rows => ({
  sources: sources.map(sourceRow),
  sourceNames: sources.map(({ id, name }) => ({ sourceId: id, name: nameKey(name) })),
  changes: sources.map(({ id, at }) => change('create', 'source', id, { at: iso(at) }))
})

/** The rows of a story at the desk, and its documents. */
export function records(sent: Sent): { rows: Rows; placed: Placed[] } {
  const { story, createdAt, random } = sent
  let ids = 0
  const newId: NewId = (prefix, at = createdAt + ids++) => idAt(random, prefix, at)
  const picture = pictured(sent, newId)
  const id = newId('art')
  const said = quoted(sent, id, newId)
  const row = articleRow(sent, id, picture.shown[0]?.id ?? null, anchored(story, said.quotes))
  const article = whole(row, picture.shown, said.quotes)
  const thread = commented(sent, id, newId)
  // The body of the last revision is that of the draft.
  const { body: _, ...draft } = inputOf(row)
  return {
    rows: {
      ...picture.rows,
      articles: [row],
      articleTags: row.tags.map((tag, position) => ({ articleId: id, position, tag })),
      articleBylines: row.bylines.map((byline, position) => ({ articleId: id, position, ...byline })),
      articleMedia: picture.shown.map((file) => ({ articleId: id, mediaId: file.id })),
      ...said.rows,
      ...thread.rows,
      revisions: [{ articleId: id, version: 1, at: row.createdAt, actor: 'bench', draft }],
      editions: [
        {
          articleId: id,
          number: 1,
          at: row.updatedAt,
          actor: 'bench',
          note: null,
          version: 2,
          document: onNewsstand
        }
      ],
      changes: [
        ...picture.changes,
        change('create', 'article', id, { at: row.createdAt, articleId: id }),
        ...said.changes,
        change('update', 'article', id, { at: row.updatedAt, articleId: id, version: 2 }),
        change('publish', 'article', id, {
          ...{ at: row.updatedAt, articleId: id, version: 2 },
          detail: { edition: row.edition }
        }),
        ...thread.changes
      ]
    },
    placed: [
      ...compile(article, madeAt(article, createdAt)).map((document) => ({ document, at: row.updatedAt })),
      ...thread.placed
    ]
  }
}

function articleRow(
  { story, ...sent }: Sent,
  id: string,
  leadMediaId: string | null,
  body: Body
): WorkingCopy {
  const publishedAt = iso(sent.publishedAt)
  return {
    id,
    slug: slugOf(story.title, sent.createdAt),
    status: 'published',
    title: story.title,
    dek: story.dek ?? null,
    summary: null,
    language: story.language!,
    section: story.section!,
    dateline: story.dateline ?? null,
    body,
    leadMediaId,
    origin: null,
    canonicalUrl: null,
    translationOf: null,
    publishedAt,
    firstPublishedAt: publishedAt,
    embargoUntil: null,
    purposes: ['web'],
    assignee: null,
    internalNotes: null,
    dueAt: null,
    legalHold: false,
    publishAt: null,
    withdrawAt: null,
    waivers: [],
    agreed: null,
    unscheduled: null,
    slugFollows: false,
    edition: 1,
    publishedVersion: 2,
    commentPolicy: { mode: 'site' },
    extra: {},
    externalSystem: null,
    externalId: null,
    version: 2,
    createdAt: iso(sent.createdAt),
    updatedAt: publishedAt,
    tags: story.tags!,
    bylines: story.bylines as WorkingCopy['bylines']
  }
}

/** Among a million, a few have the same headline. */
const slugOf = (title: string, createdAt: number) =>
  `${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)}-${createdAt.toString(36)}`

/** The body of the story with each quote anchored where it stands. */
function anchored({ body: text }: NewStory, quotes: Article['quotes']): Body {
  let { body } = read(text!)
  for (const { id, text } of quotes) {
    const block = body.findIndex((block) => isText(block) && textOf(block).includes(text))
    const start = textOf(body[block] as Extract<Body[number], { _type: 'block' }>).indexOf(text)
    body = annotate(body, [{ block, start, end: start + text.length }], quoteAnchor(id))
  }
  return body
}

function whole(row: WorkingCopy, media: Article['media'], quotes: Article['quotes']): Article {
  const hops = quotes.flatMap(({ attributions }) => attributions.flatMap(({ hops }) => hops))
  return {
    id: row.id,
    ...publicPartOf(row),
    firstPublishedAt: row.firstPublishedAt,
    updatedAt: row.updatedAt,
    retracted: false,
    media,
    quotes: inOrderOfText(row.body, quotes),
    attributions: [],
    corrections: [],
    sources: named([...row.bylines, ...hops].flatMap(({ sourceId }) => sourceId ?? [])),
    translationOf: null,
    translations: []
  }
}

const known = new Map(sources.map((source) => [source.id, source]))

/** These sources and the organizations they belong to. */
const named = (ids: string[]) =>
  [...new Set(ids.flatMap((id) => [id, known.get(id)!.affiliationId ?? id]))]
    .sort()
    .map((id) => publicForm(sourceRow(known.get(id)!)))

const madeAt = ({ sources, media }: Article, createdAt: number) =>
  new Map([
    ...sources.map(({ id }) => [id, iso(known.get(id)!.at)] as const),
    ...media.map(({ id }) => [id, iso(createdAt)] as const)
  ])
