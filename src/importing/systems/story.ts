// An article of another system as a story that can be written: within the bounds that schemas set for requests.
import type { ConvertedStory } from '../../content/articles/schema.ts'
import { slugPattern } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { collapseSpace } from '../../content/body/text.ts'
import { languageTag } from '../../http/input/language-tags.ts'
import type { Warning } from '../../http/schemas.ts'
import { storable, type Warn } from '../page/lines.ts'
import { fewer, shortened } from '../proposals/shorten.ts'
import type { ReadContent } from './content.ts'
import type { ArticleItem, Author, Loss } from './item.ts'

const slugs = new RegExp(`^${slugPattern}$`, 'u')

/** Words on one line; undefined where nothing is left. */
export const wordsOf = (text: string | undefined) => collapseSpace(storable(text ?? '')).trim() || undefined

/** What could not be kept of what stands at this place. */
export const lossesOf = (warnings: Warning[], place: string): Loss[] =>
  warnings.map(({ code, detail, words }) => ({
    ...{ kind: 'loss', place, code, reason: detail },
    ...(words && { words })
  }))

/** A story of another system, which always has a body, if an empty one. */
export type StoryOfExport = ConvertedStory & { body: Body }

/** The story, and what of the article is not in it. */
export function storyOf(
  item: ArticleItem,
  content: ReadContent,
  system: string
): { story: StoryOfExport; losses: Loss[] } {
  const losses = lossesOf(content.warnings, item.place)
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place: item.place, code, reason, ...(words && { words }) })
  const warn: Warn = ({ code, detail, words }) => lose(code, detail, words)
  const bounded = (field: string, text: string | undefined, length: number) => {
    const whole = wordsOf(text)
    return whole && shortened(whole, length, `Its ${field}`, warn)
  }
  const title = bounded('headline', item.title, 500)
  if (title === undefined) lose('no-headline', 'It has no headline: its id stands in its place.')
  const tags = [...new Set(item.tags.flatMap((tag) => bounded('tag', tag, 100) ?? []))]
  const language = item.language ? languageTag(item.language) : undefined
  if (item.language && language === undefined)
    lose('language-unknown', 'Its language is no tag that is known: set it here.', item.language)
  const slug =
    item.slug !== undefined && item.slug.length <= 120 && slugs.test(item.slug) ? item.slug : undefined
  if (item.slug && slug === undefined)
    lose('slug-made-anew', 'Its address cannot be one here: one is made from its title.', item.slug)
  const authors = authorsOf(item.authors, system, { bounded, warn })
  const dek = bounded('dek', item.dek, 5000)
  const section = bounded('section', item.section, 200)
  const publisher = bounded('publisher', item.publisher, 300)
  const copyrightNotice = bounded('copyright notice', item.copyrightNotice, 1000)
  const dateline = bounded('dateline', item.dateline, 200)
  const { sources = [], quotes = [], attributions = [] } = content
  const story: StoryOfExport = {
    title: title ?? `${system} ${item.id}`,
    body: content.body,
    language: language ?? 'und',
    tags: fewer(tags, 100, 'tags', warn),
    bylines: authors.bylines,
    media: content.media,
    commentPolicy: { mode: item.comments === 'closed' ? 'closed' : 'site' },
    ...(dek && { dek }),
    ...(section && { section }),
    ...(slug && { slug }),
    ...(content.lead && { leadMediaId: content.lead }),
    ...(item.publishedAt && { publishedAt: item.publishedAt }),
    ...(item.embargoUntil && { embargoUntil: item.embargoUntil }),
    ...(item.canonicalUrl && { canonicalUrl: item.canonicalUrl }),
    ...(dateline && { dateline }),
    ...((publisher || copyrightNotice) && { origin: { publisher, copyrightNotice } }),
    ...noteOf(item, warn),
    sources: [...authors.sources, ...sources],
    quotes,
    attributions
  }
  return { story, losses }
}

/** Each author once, as a source that the byline names. */
function authorsOf(
  authors: Author[],
  system: string,
  {
    bounded,
    warn
  }: { bounded(field: string, text: string | undefined, length: number): string | undefined; warn: Warn }
) {
  const seen = new Map<string, Author>()
  for (const author of authors) {
    const name = bounded('author', author.name, 300)
    if (name !== undefined && !seen.has(name)) seen.set(name, { ...author, name })
  }
  const list = fewer([...seen.keys()], 50, 'authors', warn).map((name) => seen.get(name)!)
  return {
    bylines: list.map(({ name, role: stated }, i) => {
      const role = bounded('author’s role', stated, 300)
      return { name, sourceId: `author-${i + 1}`, ...(role && { role }) }
    }),
    sources: list.map(({ id, name, addresses = [] }, i) => ({
      ...{ key: `author-${i + 1}`, kind: 'person' as const, name },
      ...(id && { externalId: { system, id } }),
      ...(addresses.length > 0 && { sameAs: addresses })
    }))
  }
}

/** What the desk is told of an article that was no published story there. */
function noteOf({ type, status, note }: ArticleItem, warn: Warn) {
  const told = [
    ...(type === 'page' ? ['A page there, not a story.'] : []),
    ...(status === 'private' ? ['Private there: only who was logged in could read it.'] : []),
    ...(status === 'scheduled' ? ['Scheduled there for the time at which it is dated.'] : []),
    ...(note ? [note] : [])
  ]
  return told.length > 0
    ? { internalNotes: shortened(told.join('\n'), 10_000, 'What the desk is told', warn) }
    : {}
}
