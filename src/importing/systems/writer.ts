// Writes the items of an export as PUT /v1/external/{system}/{id}/article does: what changed there and was not edited
// here changes. What each entry was when it came last is kept with what was written of it, in one transaction, so an
// import that was killed goes on where it was, and one that is run again passes over what is the same.
import { hash } from 'node:crypto'
import type { ConvertedStory } from '../../content/articles/schema.ts'
import * as articles from '../../content/articles/store.ts'
import * as external from '../../content/external/put.ts'
import { HttpProblem } from '../../http/problems.ts'
import { publish } from '../../publishing/compile/publish.ts'
import type { Actor, Database } from '../../storage/database.ts'
import { type CommentOutcome, writeComment } from './comments.ts'
import type { ContentInput, readContent } from './content.ts'
import { type ArticleItem, type CommentItem, type Item, type Loss, lossOf } from './item.ts'
import { kill } from './kills.ts'
import * as store from './store.ts'
import { storyOf } from './story.ts'

export interface WriterOptions {
  /** The system of the external ids. */
  system: string
  actor: Actor | string
  /** Whether quotes, claims and their sources are proposed. */
  speech: boolean
  /** Whether what was published there is published here, if its checks pass. */
  publish: boolean
  /** Whether nothing is written. */
  dry: boolean
  /** Reads a body, here or in a worker thread. */
  read(input: ContentInput): Promise<ReturnType<typeof readContent>> | ReturnType<typeof readContent>
  /** The country that rights are checked for. */
  territory?: string
}

export interface Counts {
  articles: number
  changed: number
  unchanged: number
  published: number
  comments: number
  left: number
  failed: number
}

export type Tell = (loss: Loss) => void

/** How many items are worked on at once. The write queue puts those that wait into one transaction, of 64 at most. */
const width = 48

/** Writes all items; answers what became of them. Each loss is told, and so is each item when it is done. */
export async function writeItems(
  db: Database,
  items: AsyncIterable<Item>,
  options: WriterOptions,
  { tell, done }: { tell: Tell; done: (counts: Counts) => void }
): Promise<Counts> {
  const counts: Counts = {
    articles: 0,
    changed: 0,
    unchanged: 0,
    published: 0,
    comments: 0,
    left: 0,
    failed: 0
  }
  const running = new Set<Promise<void>>()
  // Bodies are read side by side, but writes wait in the order of the export: comments after what they answer, and the
  // first of two articles gets an address that both had.
  let turn: Promise<unknown> = Promise.resolve()
  const one = async (item: ArticleItem | CommentItem) => {
    const ready = item.kind === 'article' ? readyArticle(db, item, options) : readyComment(db, item, options)
    const mine = Promise.allSettled([ready, turn]).then(([write]) => {
      if (write.status === 'rejected') throw write.reason
      return { written: write.value() }
    })
    turn = mine.catch(() => {})
    try {
      const { outcome, losses } = await (await mine).written
      for (const loss of losses) tell(loss)
      count(counts, item, outcome)
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error
      counts.failed++
      tell({ kind: 'loss', place: item.place, code: 'not-imported', reason: error.message })
    }
    done(counts)
  }
  for await (const item of items) {
    if (item.kind === 'loss') {
      tell(item)
      continue
    }
    const work = one(item).finally(() => running.delete(work))
    running.add(work)
    while (running.size >= width) await Promise.race(running)
  }
  await Promise.all(running)
  return counts
}

type ArticleOutcome = 'created' | 'changed' | 'unchanged' | 'left'
interface Written<Outcome> {
  outcome: Outcome
  losses: Loss[]
}

function count(counts: Counts, { kind }: Item, outcome: ArticleOutcome | CommentOutcome | 'published') {
  if (outcome === 'left') counts.left++
  else if (kind === 'comment') counts[outcome === 'created' ? 'comments' : 'unchanged']++
  else if (outcome === 'published') {
    counts.articles++
    counts.published++
  } else counts[outcome === 'created' ? 'articles' : outcome === 'changed' ? 'changed' : 'unchanged']++
}

type Write<Outcome> = () => Promise<Written<Outcome>>

const as = <Outcome>(outcome: Outcome, losses: Loss[] = []) => Promise.resolve({ outcome, losses })

async function readyComment(
  db: Database,
  item: CommentItem,
  { system, dry, actor }: WriterOptions
): Promise<Write<CommentOutcome>> {
  if (dry) return () => as('created')
  const digest = digestOf({ ...item })
  const before = await store.imported(db.read, { system, kind: 'comment', externalId: item.id })
  if (before?.digest === digest) return () => as('unchanged')
  return () => db.write(actor, (tx) => writeComment(tx, item, { system, digest }))
}

/** Reads what is to be written of an article; answers what writes it. */
async function readyArticle(
  db: Database,
  item: ArticleItem,
  options: WriterOptions
): Promise<Write<ArticleOutcome | 'published'>> {
  const { system, speech, dry } = options
  if (item.status === 'trash')
    return () => as('left', [lossOf(item, 'in-the-trash', 'It is in the trash there.')])
  if (item.status === 'killed') return () => kill(db, item, options)
  const isPublished = options.publish && item.status === 'published'
  const digest = versioned(item, digestOf({ ...item, speech, isPublished }))
  const before = await store.imported(db.read, { system, kind: 'article', externalId: item.id })
  if (before?.digest === digest) return () => as('unchanged')
  if (item.version !== undefined && versionIn(before?.digest) > item.version)
    return () => as('left', [lossOf(item, 'older-version', 'A newer version of it was imported before.')])
  const { html, media, featured, language, url } = item
  const content = await options.read({ html, media, featured, language, url, system, speech })
  const { story, losses } = storyOf(item, content, system)
  if (dry) return () => as('created', losses)
  return () =>
    writeArticle(db, item, { story, losses, digest, isPublished, isKnown: before !== undefined }, options)
}

interface Ready {
  story: ConvertedStory
  losses: Loss[]
  digest: string
  isPublished: boolean
  /** Whether it was imported before. */
  isKnown: boolean
}

async function writeArticle(
  db: Database,
  item: ArticleItem,
  { story, losses, digest, isPublished, isKnown }: Ready,
  options: WriterOptions
): Promise<Written<ArticleOutcome | 'published'>> {
  const { system, actor } = options
  const entry = { system, kind: 'article' as const, externalId: item.id }
  const written = await db.write(actor, async (tx) => {
    const id = await external.articleOf(tx, { system, id: item.id })
    if (id === undefined && isKnown) return undefined
    const holder = story.slug ? await articles.byIdOrSlug(tx, story.slug) : undefined
    const isTaken = holder !== undefined && holder.id !== id
    const { slug: _, ...others } = story
    const put = await external.put(tx, { system, id: item.id }, isTaken ? others : story, undefined)
    await store.keepAddresses(tx, put.article.id, pathsOf(item))
    await store.keep(tx, { ...entry, recordId: put.article.id, digest: isPublished ? '' : digest })
    return { ...put, isTaken }
  })
  if (written === undefined)
    return as('left', [
      lossOf(item, 'deleted-here', 'It was deleted here since it was imported: that stays.')
    ])
  const { article, isNew, unchanged, kept, isTaken } = written
  if (isTaken)
    losses.push({
      ...lossOf(item, 'slug-made-anew', 'Another article has its address here: one is made from its title.'),
      words: story.slug!
    })
  for (const { pointer, detail } of kept) losses.push({ ...lossOf(item, 'kept', detail), words: pointer })
  const outcome = isNew ? 'created' : unchanged ? 'unchanged' : 'changed'
  if (!isPublished) return { outcome, losses }
  const refused = await publishOne(db, article.id, options)
  if (refused !== undefined) losses.push(lossOf(item, 'not-published', refused.slice(0, 1000)))
  await db.write(actor, (tx) => store.keep(tx, { ...entry, recordId: article.id, digest }))
  return { outcome: refused === undefined && isNew ? 'published' : outcome, losses }
}

/** Publishes an article; answers why it cannot be. */
async function publishOne(db: Database, id: string, { actor, territory }: WriterOptions) {
  try {
    await db.write(actor, (tx) => publish(tx, id, '*', { territory }))
    return undefined
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error
    return [error.message, ...(error.errors ?? []).map(({ detail }) => detail)].join(' ')
  }
}

/** A version is kept before the digest, so that an older one does not replace a newer one. */
const versioned = ({ version }: ArticleItem, digest: string) =>
  version === undefined ? digest : `${version} ${digest}`
const versionIn = (digest = '') => Number(/^(\d+) /.exec(digest)?.[1] ?? 0)

/** What an entry is, for comparison; where it stands in the export is no part of it. */
const digestOf = ({ place: _, ...item }: { place: string; [name: string]: unknown }) =>
  hash('sha256', JSON.stringify(item))

/** The paths, with their queries, of the addresses that an article had. */
function pathsOf({ addresses, url }: ArticleItem): string[] {
  const all = [...addresses, ...(url ? [url] : [])]
  const paths = all.flatMap((address) => {
    const { pathname = '/', search = '' } = URL.parse(address, 'http://site.invalid') ?? {}
    const path = pathname + search
    return path === '/' || path.length > 2000 ? [] : [path]
  })
  return [...new Set(paths)]
}
