// What is read, as requests to a data set: random, and the same in every run.
import Sqlite from 'better-sqlite3'
import { encodeCursor } from '../src/http/input/cursor.ts'
import { unpackedText } from '../src/storage/text/packed-text.ts'
import { below, pick, type Random, seeded, shuffled } from './random.ts'
import { contentWords } from './vocabulary.ts'

export interface Read {
  path: string
  headers?: Record<string, string>
}

/** How many different requests there are of a kind, where the data set has as many. */
const most = 10_000

/** The requests of every kind that is measured, made when they are asked for. */
export function reads(file: string) {
  const db = new Sqlite(file, { readonly: true })
  const length = db
    .prepare<[], number>("select count(*) from published where kind = 'article'")
    .pluck()
    .get()!
  // Stories were written in the order of their numbers.
  const article = db.prepare<[number], Found>(
    `select p.id, p.slug, p.etag, s.text, (select group_concat(v.name || '=' || v.value) from document_facets f
       join facet_values v on v.number = f.facet where f.id = p.id and v.name in ('tag', 'source')) as facets
     from articles a join published p on p.kind = 'article' and p.id = a.id
       join searchable s on s.kind = 'article' and s.id = p.id where a.rowid = ?`
  )
  /** The requests that `make` makes of random articles, or of every so manieth, each once. */
  function some(make: (found: Found, random: Random) => Read, every = 1): Read[] {
    const random = seeded(5)
    const made = new Map<string, Read>()
    for (const n of places(random, Math.ceil(length / every))) {
      const read = make(article.get(1 + every * n)!, random)
      made.set(read.path, read)
    }
    return [...made.values()]
  }

  const bySlug = (headers?: (found: Found) => Read['headers']) =>
    some((found) => ({ path: `/v1/articles/${found.slug}`, ...(headers && { headers: headers(found) }) }))

  return {
    close: () => db.close(),
    articles: () => bySlug(),
    unchanged: () => bySlug(({ etag }) => ({ 'if-none-match': etag })),
    gzipped: () => bySlug(() => ({ 'accept-encoding': 'gzip' })),
    withComments: () => some(({ slug }) => ({ path: `/v1/articles/${slug}?include=comments` })),
    newest: (): Read[] => [{ path: '/v1/articles' }],
    byTagAndSource: () => some(tagAndSource),
    byTag: () => some(({ facets }, random) => ({ path: `/v1/articles?tag=${facet(random, facets, 'tag')}` })),
    quotes: () => quotesOf(db),
    comments: () => some(({ id }) => ({ path: `/v1/articles/${id}/comments?limit=20` }), 20),
    feeds: (): Read[] => ['rss', 'atom', 'json'].map((format) => ({ path: `/v1/feeds/${format}` })),
    sitemaps: (): Read[] =>
      ['index', 'news', ...monthsOf(db)].map((name) => ({ path: `/v1/sitemaps/${name}` })),
    search: () => some(twoWords),
    frequent: () => some(twoFrequentWords),
    longSearch: () => some(manyWords),
    /** The page that begins after so many of the newest articles, or the last full one. */
    deep: (after: number): Read[] => [
      { path: `/v1/articles?cursor=${cursor(db, Math.min(after, length - 20))}` }
    ]
  }
}

const monthsOf = (db: InstanceType<typeof Sqlite>) =>
  db
    .prepare<[], string>(
      'select distinct substr(first_published_at, 1, 7) from articles where first_published_at is not null'
    )
    .pluck()
    .all()

/** Random places in a list of this length: all of them where it is short. */
function places(random: Random, length: number): Iterable<number> {
  if (length <= most) return shuffled(random, [...Array(length).keys()])
  const drawn = new Set<number>()
  while (drawn.size < most) drawn.add(below(random, length))
  return drawn
}

interface Found {
  id: string
  slug: string
  etag: string
  text: string | Buffer
  facets: string
}

const facet = (random: Random, facets: string, name: string) =>
  pick(
    random,
    facets.split(',').filter((one) => one.startsWith(`${name}=`))
  ).slice(name.length + 1)

const tagAndSource = ({ facets }: Found, random: Random) => ({
  path: `/v1/articles?tag=${facet(random, facets, 'tag')}&source=${facet(random, facets, 'source')}`
})

/** Words that neither nearly every story has nor hardly any. */
const middling = new Set(contentWords.slice(200, 3000))

const wordsOf = ({ text }: Found) =>
  unpackedText(text)
    .toLowerCase()
    .match(/[a-z]+/g)!
    .filter((word) => middling.has(word))

/** Two words of one story, so that there is something to find. */
function twoWords(story: Found, random: Random): Read {
  const words = wordsOf(story)
  return { path: `/v1/search?q=${pick(random, words)}+${pick(random, words)}` }
}

/** Two of the words that most stories have. */
const twoFrequentWords = (_: Found, random: Random): Read => ({
  path: `/v1/search?q=${pick(random, frequent)}+${pick(random, frequent)}`
})
const frequent = contentWords.slice(0, 100)

/** As many different words of one story as a search takes. */
function manyWords(story: Found, random: Random): Read {
  const words = shuffled(random, [...new Set(wordsOf(story))]).join('+')
  return { path: `/v1/search?q=${words.slice(0, 200).replace(/\+[^+]*$/, '')}` }
}

/** Of sources with more than a page of quotes, so that every data set is asked for as much. */
const quotesOf = (db: InstanceType<typeof Sqlite>): Read[] =>
  db
    .prepare<[], string>(
      `select value from facet_values where kind = 'quote' and name = 'source' and documents > 20
       order by documents desc limit ${most}`
    )
    .pluck()
    .all()
    .map((source) => ({ path: `/v1/quotes?source=${source}&limit=20` }))

function cursor(db: InstanceType<typeof Sqlite>, after: number): string {
  const { position, id } = db
    .prepare<[number], { position: string; id: string }>(
      "select position, id from published where kind = 'article' order by position desc, id desc limit 1 offset ?"
    )
    .get(after - 1)!
  return encodeCursor({ routeOptions: { url: '/v1/articles' }, params: {}, query: {} }, position, id)
}
