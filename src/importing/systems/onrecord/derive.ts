// What an importer derives of the records of an export: what lists, searches and checks find them by.
import { and, eq, sql } from 'drizzle-orm'
import { addWords as addDeskWords } from '../../../content/articles/list/desk-words.ts'
import { searchableText } from '../../../content/articles/store.ts'
import type { Body } from '../../../content/body/schema.ts'
import { addCreditNames } from '../../../content/credits/names.ts'
import { addNames } from '../../../content/sources/names.ts'
import { wordsOf, writeAddresses } from '../../../content/sources/store.ts'
import { addAllFacets } from '../../../newsstand/documents/facet-writes.ts'
import type { Kind } from '../../../newsstand/documents/kinds.ts'
import { insert as addWordsAt } from '../../../newsstand/search/document-words.ts'
import { addKeys } from '../../../record/quote-checks/prints.ts'
import { prepared, type Tables, type Writer } from '../../../storage/database.ts'

type Row<Name extends keyof Tables> = Tables[Name]['$inferSelect']

/** Tables whose rows are written with others. */
type Derivations = { [Name in keyof Tables]?: (tx: Writer, rows: Row<Name>[]) => Promise<void> }

/** What is written beside the rows of a table. */
export const beside: Derivations = {
  async sources(tx, rows) {
    for (const source of rows) {
      await writeAddresses(tx, source)
      await addNames(tx, source)
      await addDeskWords(tx, 'source', source.id, wordsOf(source))
    }
  },
  async mediaCredits(tx, rows) {
    for (const credit of rows) await addCreditNames(tx, credit)
  },
  async articles(tx, rows) {
    for (const { body, ...article } of rows) {
      // It was checked when it was written.
      const words = searchableText({ ...article, body: body as Body })
      await addDeskWords(tx, 'article', article.id, words)
    }
  },
  async quotePrints(tx, rows) {
    for (const print of rows) await addKeys(tx, print)
  }
}

/** What is written in place of the rows of a table, which it includes. */
export const instead: Derivations = {
  async publishedFacets(tx, rows) {
    const documents = Map.groupBy(rows, ({ kind, id, position }) => `${kind} ${id} ${position}`)
    await addAllFacets(
      tx,
      [...documents.values()].map((facets) => {
        const { kind, id, position } = facets[0]!
        // The export has the kinds of this very release.
        return { kind: kind as Kind, id, position, facets }
      })
    )
  },
  async searchable(tx, rows) {
    for (const { row, kind, id, headline, text, quote, caption } of rows) {
      const [document] = await shownQuery(tx).execute({ kind, id })
      // As above.
      const searched = { ...document!, kind: kind as Kind, id }
      await addWordsAt(tx, [{ document: searched, words: { headline, text, quote, caption } }], BigInt(row))
    }
  }
}

const shownQuery = prepared(({ q, t: { published: p } }) =>
  q
    .select({
      articleId: p.articleId,
      position: p.position,
      moment: p.moment
    })
    .from(p)
    .where(and(eq(p.kind, sql.placeholder('kind')), eq(p.id, sql.placeholder('id'))))
    .prepare('shown_in_search')
)
