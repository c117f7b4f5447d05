// Columns that tables of several wings share.
import type * as kit from '../columns/postgres.ts'

/** The columns of every editable record; If-Match is checked against its version. */
export const edited = (c: typeof kit) => ({
  version: c.whole('version').notNull(),
  createdAt: c.instant('created_at').notNull(),
  updatedAt: c.instant('updated_at').notNull()
})

/** The table that most others refer to. */
export interface Articles {
  id: kit.Column
}

/** The article that a row belongs to, and is deleted with. */
export const ofArticle = (c: typeof kit, articles: Articles) =>
  c
    .ref('article_id')
    .notNull()
    .references(() => articles.id, { onDelete: 'cascade' })
