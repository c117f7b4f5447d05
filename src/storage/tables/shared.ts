// The parts that tables of several wings have in common.
import type * as kit from '../columns/postgres.ts'

/** What every editable record carries: its version is what If-Match is checked against. */
export const edited = (c: typeof kit) => ({
  version: c.whole('version').notNull(),
  createdAt: c.instant('created_at').notNull(),
  updatedAt: c.instant('updated_at').notNull()
})

/** The table that most others belong to. */
export interface Articles {
  id: kit.Column
}

/** The article that a row belongs to, and goes with. */
export const ofArticle = (c: typeof kit, articles: Articles) =>
  c
    .ref('article_id')
    .notNull()
    .references(() => articles.id, { onDelete: 'cascade' })
