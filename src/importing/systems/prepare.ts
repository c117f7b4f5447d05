// Reads an export and makes of its entries what can be written: bodies converted, speech read, digests taken. It runs in
// a thread of its own (threads/stream.ts), where an export made to do harm can slow down nobody.
import { hash } from 'node:crypto'
import type { ConvertedStory } from '../../content/articles/schema.ts'
import { withCount } from '../../storage/text/with-count.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { openExport, type UploadedFile } from './archive.ts'
import { type FileOf, readContent } from './content.ts'
import {
  type ArticleItem,
  type CommentItem,
  type Item,
  type Loss,
  lossOf,
  type MediaItem,
  RefusedExport,
  type SiteItem
} from './item.ts'
import { isMediaFile, type LocalFiles, localFiles } from './local-files.ts'
import { readerNamed, readFolder } from './registry.ts'
import { lossesOf, type StoryOfExport, storyOf } from './story.ts'

export type { FileOf }

export interface Preparation {
  /** Files, folders and zips. */
  paths: (string | UploadedFile)[]
  /** The name of the reader. */
  as: string
  /** The system of the external ids. */
  system: string
  /** Whether quotes, claims and their sources are proposed. */
  speech: boolean
  /** Whether what was published there is published here. */
  publish: boolean
}

/** An entry, by which it is asked whether it came before. */
export interface EntryKey {
  kind: 'article' | 'comment'
  id: string
  digest: string
}

/** What became of an entry that came before: its digest then, and, where this very import wrote it, its outcome. */
export interface Before {
  digest: string
  outcome: Outcome | null
}

export type Outcome = 'created' | 'changed' | 'unchanged' | 'published' | 'left'

/** What is known of an article beside its story. */
export type ArticleHead = Pick<
  ArticleItem,
  'place' | 'id' | 'title' | 'status' | 'addresses' | 'url' | 'note'
>

export interface PreparedArticle {
  kind: 'article'
  item: ArticleHead
  digest: string
  before: Before | null
  isPublished: boolean
  /** Undefined where nothing is to be written of it. */
  story?: StoryOfExport
  /** Which of its media are files of the export. */
  files: FileOf[]
  evidence: Evidence[]
  losses: Loss[]
}

export interface PreparedComment {
  kind: 'comment'
  item: CommentItem
  digest: string
  before: Before | null
}

/** A file that belongs to no article. */
export interface PreparedMedia {
  kind: 'media'
  place: string
  media: NonNullable<ConvertedStory['media']>
  files: FileOf[]
}

export type Prepared = PreparedArticle | PreparedComment | PreparedMedia | SiteItem | Loss

/** Some entries, and how far the files are read; or why the export is refused as a whole, which is the last. */
export interface Batch {
  entries: Prepared[]
  /** How many bytes have been read; those of files that are read twice count twice. */
  read: number
  refused?: { code: string; reason: string }
}

/**
 * How much is written in one transaction: an article takes as long as three comments. How many characters of HTML the
 * articles come from at most.
 */
const batchSize = { work: 144, characters: 256 * 1024 }
const workOf = { article: 3, comment: 1, media: 1, site: 0, loss: 0.1 }

type Ask = (keys: EntryKey[]) => Promise<(Before | null)[]>

/** Everything in the export, in the order in which it is to be written. */
export async function* prepare(preparation: Preparation, ask: Ask): AsyncGenerator<Batch> {
  let read = 0
  let waiting: Item[] = []
  let [work, characters] = [0, 0]
  let local: LocalFiles | undefined
  /** Whether the body of every article was read: of those that are as they were, it is not known what they show. */
  let isRead = true
  const flush = async (): Promise<Batch> => {
    const some = waiting
    waiting = []
    work = 0
    characters = 0
    const entries = await preparedOf(some, { ...preparation, local }, ask)
    isRead &&= entries.every((one) => one.kind !== 'article' || one.story !== undefined)
    return { entries, read }
  }
  try {
    const open = await openExport(preparation.paths, (bytes) => {
      read += bytes
    })
    const reader = readerNamed(preparation.as)!
    try {
      if (open.isFolder || reader.isFolder) local = localFiles(open.files)
      const items = open.isFolder ? readFolder(reader, open.files) : reader.read(open.files)
      for await (const item of items) {
        // What came before it is of another site, or of none that is known.
        if (item.kind === 'site' && waiting.length > 0) yield await flush()
        waiting.push(item)
        characters += item.kind === 'article' ? item.html.length : 0
        work += workOf[item.kind]
        if (work >= batchSize.work || characters > batchSize.characters) yield await flush()
      }
      yield await flush()
      const unused = isRead ? (local?.unused() ?? 0) : 0
      if (unused > 0)
        yield {
          entries: [
            {
              ...{ kind: 'loss', place: open.files.find(({ name }) => isMediaFile(name))!.name },
              ...{
                code: 'picture-unused',
                reason: `${withCount(unused, 'file')} of pictures, films and sounds that nothing in the export shows: left out.`
              }
            }
          ],
          read
        }
    } finally {
      open.close()
    }
  } catch (error) {
    if (!(error instanceof RefusedExport)) throw error
    // What came before that stays.
    yield { ...(await flush()), refused: { code: error.code, reason: error.message } }
  }
}

/** What the reading of an entry needs. */
type Reading = Preparation & { local?: LocalFiles | undefined }

async function preparedOf(items: Item[], preparation: Reading, ask: Ask): Promise<Prepared[]> {
  const keys = items.flatMap((item) =>
    item.kind === 'article' || item.kind === 'comment' ? [keyOf(item, preparation)] : []
  )
  const before = keys.length > 0 ? await ask(keys) : []
  let at = 0
  return items.flatMap((item): Prepared | Prepared[] => {
    if (item.kind === 'loss' || item.kind === 'site') return item
    if (item.kind === 'media') return preparedMedia(item, preparation)
    const known = before[at] as Before | null
    const { digest } = keys[at++]!
    return item.kind === 'comment'
      ? { kind: 'comment', item, digest, before: known }
      : preparedArticle(item, { digest, before: known }, preparation)
  })
}

function preparedMedia({ place, media: one }: MediaItem, { system, local }: Reading): Prepared[] {
  const none = { html: '', media: [], featured: undefined, language: undefined, url: undefined }
  const { media, files, warnings } = readContent({ ...none, library: [one], local, system, speech: false })
  return [{ kind: 'media', place, media, files }, ...lossesOf(warnings, place)]
}

function keyOf(item: ArticleItem | CommentItem, { speech, publish }: Preparation): EntryKey {
  const { kind, id } = item
  if (kind === 'comment') return { kind, id, digest: digestOf({ ...item }) }
  const isPublished = publish && item.status === 'published'
  return { kind, id, digest: versioned(item, digestOf({ ...item, speech, isPublished })) }
}

function preparedArticle(
  item: ArticleItem,
  { digest, before }: { digest: string; before: Before | null },
  { system, speech, publish, local }: Reading
): PreparedArticle {
  const { place, id, title, status, addresses, url, note, html, media, library, featured, language, file } =
    item
  const head: ArticleHead = {
    place,
    id,
    title,
    status,
    addresses,
    ...(url && { url }),
    ...(note && { note })
  }
  const isPublished = publish && status === 'published'
  const prepared = {
    kind: 'article' as const,
    item: head,
    digest,
    before,
    isPublished,
    files: [],
    evidence: []
  }
  if (status === 'trash')
    return { ...prepared, losses: [lossOf(item, 'in-the-trash', 'It is in the trash there.')] }
  if (status === 'killed' || before?.digest === digest) return { ...prepared, losses: [] }
  if (item.version !== undefined && versionIn(before?.digest) > item.version)
    return {
      ...prepared,
      losses: [lossOf(item, 'older-version', 'A newer version of it was imported before.')]
    }
  const content = readContent({ html, media, library, featured, language, url, file, local, system, speech })
  const { files, evidence } = content
  return { ...prepared, ...storyOf(item, content, system), files, evidence }
}

/** A version is kept before the digest, so that an older one does not replace a newer one. */
const versioned = ({ version }: ArticleItem, digest: string) =>
  version === undefined ? digest : `${version} ${digest}`
const versionIn = (digest = '') => Number(/^(\d+) /.exec(digest)?.[1] ?? 0)

/** What an entry is, for comparison; where it stands in the export is no part of it. */
const digestOf = ({ place: _, ...item }: { place: string; [name: string]: unknown }) =>
  hash('sha256', JSON.stringify(item))
