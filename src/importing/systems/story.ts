// An article of another system as a story that can be written: within the bounds that schemas set for requests.
import type { ConvertedStory } from '../../content/articles/schema.ts'
import { slugPattern } from '../../content/articles/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import { collapseSpace } from '../../content/body/text.ts'
import { languageTag } from '../../http/input/language-tags.ts'
import { storable } from '../page/lines.ts'
import type { ReadContent } from './content.ts'
import type { ArticleItem, Author, Loss } from './item.ts'

const slugs = new RegExp(`^${slugPattern}$`, 'u')

/** Words on one line that a field of this length can hold; undefined where nothing is left. */
export const wordsOf = (text: string | undefined, length: number) =>
  truncate(collapseSpace(storable(text ?? '')).trim(), length) || undefined

/** The story, and what of the article is not in it. */
export function storyOf(
  item: ArticleItem,
  content: ReadContent,
  system: string
): { story: ConvertedStory; losses: Loss[] } {
  const losses: Loss[] = content.warnings.map(({ code, detail, words }) => ({
    ...{ kind: 'loss' as const, place: item.place, code, reason: detail },
    ...(words && { words })
  }))
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place: item.place, code, reason, ...(words && { words }) })
  const bounded = (field: string, text: string | undefined, length: number) => {
    const whole = wordsOf(text, Number.POSITIVE_INFINITY)
    if (whole === undefined || whole.length <= length) return whole
    const kept = truncate(whole, length)
    const rest = truncate(whole.slice(kept.length).trim(), 300)
    lose('text-shortened', `Its ${field} was cut at ${length} characters.`, rest)
    return kept
  }
  const title = bounded('headline', item.title, 500)
  if (title === undefined) lose('no-headline', 'It has no headline: its id stands in its place.')
  const tags = [...new Set(item.tags.flatMap((tag) => bounded('tag', tag, 100) ?? []))]
  if (tags.length > 100)
    lose('too-many-tags', 'An article has room for 100 tags.', tags.slice(100).join(', ').slice(0, 300))
  const language = (item.language === undefined ? undefined : languageTag(item.language)) ?? 'und'
  const slug =
    item.slug !== undefined && item.slug.length <= 120 && slugs.test(item.slug) ? item.slug : undefined
  if (item.slug && slug === undefined)
    lose('slug-made-anew', 'Its address cannot be one here: one is made from its title.', item.slug)
  const authors = authorsOf(item.authors, system, (name) => bounded('author', name, 300))
  const dek = bounded('dek', item.dek, 5000)
  const section = bounded('section', item.section, 200)
  const publisher = bounded('publisher', item.publisher, 300)
  const copyrightNotice = bounded('copyright notice', item.copyrightNotice, 1000)
  const dateline = bounded('dateline', item.dateline, 200)
  const { sources = [], quotes = [], attributions = [] } = content
  const story: ConvertedStory = {
    title: title ?? `${system} ${item.id}`,
    body: content.body,
    language,
    tags: tags.slice(0, 100),
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
    ...noteOf(item),
    sources: [...authors.sources, ...sources].slice(0, 200),
    quotes,
    attributions
  }
  return { story, losses }
}

/** Each author once, as a source that the byline names. */
function authorsOf(authors: Author[], system: string, nameOf: (name: string) => string | undefined) {
  const seen = new Map<string, Author>()
  for (const author of authors) {
    const name = nameOf(author.name)
    if (name !== undefined && !seen.has(name)) seen.set(name, { ...author, name })
  }
  const list = [...seen.values()].slice(0, 50)
  return {
    bylines: list.map(({ name, role }, i) => ({ name, sourceId: `author-${i + 1}`, ...(role && { role }) })),
    sources: list.map(({ id, name, addresses = [] }, i) => ({
      ...{ key: `author-${i + 1}`, kind: 'person' as const, name },
      ...(id && { externalId: { system, id } }),
      ...(addresses.length > 0 && { sameAs: addresses })
    }))
  }
}

/** What the desk is told of an article that was no published story there. */
function noteOf({ type, status, note }: ArticleItem) {
  const told = [
    ...(type === 'page' ? ['A page there, not a story.'] : []),
    ...(status === 'private' ? ['Private there: only who was logged in could read it.'] : []),
    ...(status === 'scheduled' ? ['Scheduled there for the time at which it is dated.'] : []),
    ...(note ? [note] : [])
  ]
  return told.length > 0 ? { internalNotes: truncate(told.join('\n'), 10_000) } : {}
}
