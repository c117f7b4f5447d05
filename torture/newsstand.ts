// Is what the public sees exactly what was published? Every edition is compiled anew and compared, row by row.
import type Sqlite from 'better-sqlite3'
import type { Article } from '../src/content/articles/schema.ts'
import { type Document, rowOf } from '../src/newsstand/documents/document.ts'
import { shared } from '../src/newsstand/documents/kinds.ts'
import { bytesOf, packedNow, unpacked } from '../src/newsstand/documents/packing.ts'
import { compile } from '../src/publishing/compile/compile.ts'
import { unpackedText } from '../src/storage/text/packed-text.ts'

type Connection = InstanceType<typeof Sqlite>

interface Published {
  etag: string
  slug: string | null
  position: string
  moment: string | null
  article_id: string | null
  document: Buffer
  card: Buffer | null
}

/** Everything that is on the newsstand and should not be, the other way round, or otherwise than it should be. */
export function newsstand(connection: Connection): string[] {
  const made = madeAt(connection)
  const articles = connection.prepare('select id, status, edition from articles').all() as {
    id: string
    status: string
    edition: number
  }[]
  const edition = connection
    .prepare<[string, number], Buffer>(
      `select iif(octet_length(document) > 0, document,
         (select p.document from published as p where p.kind = 'article' and p.id = editions.article_id))
       from editions where article_id = ? and number = ?`
    )
    .pluck()
  const kept = connection.prepare('select count(*) from editions where article_id = ?').pluck()
  const compare = comparing(connection)
  const faults = articles.flatMap(({ id, status, edition: number }) => {
    if (kept.get(id) !== number) return [`the article ${id} has ${kept.get(id)} of ${number} editions`]
    if (status !== 'published') return compare(id, [])
    const article = JSON.parse(unpacked(edition.get(id, number)!)) as Article
    return compare(id, compile(article, made))
  })
  return [...faults, ...comments(connection), ...counts(connection), ...orphans(connection)]
}

function madeAt(connection: Connection): Map<string, string> {
  const rows = connection
    .prepare<[], [string, string]>(
      'select id, created_at from sources union all select id, created_at from media'
    )
    .raw()
    .all()
  return new Map(rows)
}

/** The texts of a row, which are compressed where they are long. */
const textsOf = (row: Record<string, string | Buffer> = {}) =>
  Object.fromEntries(Object.entries(row).map(([name, text]) => [name, unpackedText(text)]))

/** What an article holds but for its comments: named one by one, an index leads to each. */
const kinds = "('article', 'quote', 'attribution', 'correction', 'source', 'media', 'credit')"

/** Compares what the newsstand holds of an article with the documents it should hold. */
function comparing(connection: Connection) {
  const held = connection
    .prepare<[string], string>(
      `select kind || ' ' || id from published_facets where kind in ${kinds} and name = 'article' and value = ?`
    )
    .pluck()
  const row = connection.prepare<[string, string], Published>(
    'select etag, slug, position, moment, article_id, document, card from published where kind = ? and id = ?'
  )
  const facets = connection
    .prepare<[string, string], string>(
      `select v.name || ' ' || v.value from document_facets d join facet_values v on v.number = d.facet
       where v.kind = ? and d.id = ?`
    )
    .pluck()
  const words = connection.prepare<[string, string], Record<string, string | Buffer>>(
    'select headline, text, quote, caption from searchable where kind = ? and id = ?'
  )

  function faultsOf(document: Document): string[] {
    const { kind, id } = document
    const wanted = rowOf(document, packedNow(bytesOf(document.value)))
    const there = row.get(kind, id)
    if (there === undefined) return ['is not there']
    const isSame =
      there.etag === wanted.etag &&
      there.slug === wanted.slug &&
      there.position === wanted.position &&
      there.moment === wanted.moment &&
      there.article_id === wanted.articleId &&
      there.document.equals(wanted.document) &&
      (there.card?.toString() ?? null) === (wanted.card?.toString() ?? null)
    const values = Object.entries(document.facets).flatMap(([name, all]) =>
      all.map((one) => `${name} ${one}`)
    )
    const isFound = sameSet(new Set(values), new Set(facets.all(kind, id)), shared.includes(kind))
    const nothing = { headline: '', text: '', quote: '', caption: '' }
    const isSearched =
      !document.words ||
      JSON.stringify(textsOf(words.get(kind, id))) === JSON.stringify({ ...nothing, ...document.words })
    return [
      ...(isSame ? [] : ['is not as published']),
      ...(isFound ? [] : ['has other facets']),
      ...(isSearched ? [] : ['has other words'])
    ]
  }

  return (articleId: string, documents: Document[]): string[] => {
    const wanted = new Set(documents.map(({ kind, id }) => `${kind} ${id}`))
    const there = new Set(held.all(articleId))
    const surplus = [...there.difference(wanted)].map(
      (name) => `${name} of ${articleId} should not be public`
    )
    const wrong = documents.flatMap((document) =>
      faultsOf(document).map((fault) => `${document.kind} ${document.id} of ${articleId} ${fault}`)
    )
    return [...surplus, ...wrong]
  }
}

/** Whether two are the same; with `more`, the second may have others besides. */
const sameSet = (one: Set<string>, other: Set<string>, more: boolean) =>
  one.isSubsetOf(other) && (more || one.size === other.size)

/** Comments are public when they, and all above them, are approved and their article is published. */
function comments(connection: Connection): string[] {
  return connection
    .prepare<[], string>(
      `select 'the comment ' || c.id || ' is ' || c.status || ' and ' || iif(p.id is null, 'hidden', 'public')
       from comments c join articles a on a.id = c.article_id
       left join published p on p.kind = 'comment' and p.id = c.id
       left join published f on f.kind = 'comment' and f.id = c.parent_id
       where (p.id is not null) <>
         (c.status = 'approved' and a.status = 'published' and (c.parent_id is null or f.id is not null))`
    )
    .pluck()
    .all()
}

const uncounted = ['article', 'quote', 'media', 'record', 'parent', 'name', 'sameAs', 'url']

/** How many documents have a facet is as many as have it. */
function counts(connection: Connection): string[] {
  const actual = `select kind, name, value, count(*) from published_facets
    where name not in (${uncounted.map((name) => `'${name}'`)}) group by kind, name, value`
  const noted = 'select kind, name, value, documents from facet_values where documents > 0'
  return [`${actual} except ${noted}`, `${noted} except ${actual}`].flatMap((query) =>
    connection
      .prepare<[], unknown[]>(query)
      .raw()
      .all()
      .map((row) => `the facet ${row.join(' ')} is miscounted`)
  )
}

/** What is found by facets or words, and is not there. */
function orphans(connection: Connection): string[] {
  return ['published_facets', 'searchable'].flatMap((table) =>
    connection
      .prepare<[], string>(
        `select '${table} has ' || kind || ' ' || id || ', which is not public' from ${table} x
         where not exists (select 1 from published p where p.kind = x.kind and p.id = x.id)`
      )
      .pluck()
      .all()
  )
}
