// Which of the known names an unknown one was meant to be.

/** The edit distance of two short texts: letters added, removed or exchanged (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const exchanged = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, exchanged))
    }
    row = next
  }
  return row[b.length]!
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The name nearest to this one, in two edits at most, and fewer than half of its letters; or undefined. */
function nearest(name: string, known: string[]): string | undefined {
  const asked = plain(name)
  const limit = Math.min(2, Math.floor((asked.length - 1) / 2))
  const near = known
    .map((one) => ({ one, edits: distance(asked, plain(one)) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)
  return near[0]?.one
}

/** The known name that begins with this one, where that is one alone: `logo` for logoUrl. */
function longer(name: string, known: string[]): string | undefined {
  const asked = plain(name)
  const [only, another] = asked.length < 3 ? [] : known.filter((one) => plain(one).startsWith(asked))
  return another === undefined ? only : undefined
}

/** What other systems, and people, call what has a name of ours: the best first. */
const otherNames: Record<string, string> = {
  abstract: 'summary',
  at: 'publishAt',
  author: 'bylines',
  authors: 'bylines',
  byline: 'bylines',
  categories: 'tags',
  category: 'section',
  comments: 'ids',
  company: 'organization',
  content: 'body',
  credit: 'creditLine',
  description: 'summary',
  excerpt: 'summary',
  from: 'fromSeq',
  heading: 'title',
  headline: 'title',
  href: 'url',
  human: 'person',
  images: 'media',
  individual: 'person',
  ip: 'network',
  keywords: 'tags',
  lang: 'language',
  lede: 'dek',
  license: 'licence',
  locale: 'language',
  md: 'markdown',
  message: 'what note body',
  name: 'author',
  note: 'reason',
  offset: 'cursor',
  order: 'sort',
  orderBy: 'sort',
  page: 'cursor',
  pageSize: 'limit',
  per_page: 'limit',
  photo: 'image',
  photos: 'media',
  picture: 'image',
  posts: 'articles',
  query: 'q',
  quotes: 'quotations',
  reason: 'reasons note',
  regex: 'pattern',
  says: 'said',
  search: 'q',
  source: 'sourceId hops',
  sourceId: 'person',
  speaker: 'attributions',
  src: 'url',
  standfirst: 'dek',
  stories: 'articles',
  subtitle: 'dek',
  target: 'into',
  text: 'body',
  topics: 'tags',
  typo: 'correction',
  unpublish: 'withdraw'
}

/** Which of the known names was meant by this one; or undefined. */
export function likeliest(name: string, known: string[]): string | undefined {
  if (name.length > 40) return undefined
  const others = Object.hasOwn(otherNames, name) ? otherNames[name]!.split(' ') : []
  return others.find((one) => known.includes(one)) ?? nearest(name, known) ?? longer(name, known)
}
