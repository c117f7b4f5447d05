// Columns that tables of several wings share.
import type * as kit from '../columns/postgres.ts'

/** The columns of every editable record; If-Match is checked against its version. */
export const edited = (c: typeof kit) => ({
  version: c.whole('version').notNull(),
  createdAt: c.instant('created_at').notNull(),
  updatedAt: c.instant('updated_at').notNull()
})

/** What the system that a record came from calls it; both or neither. SQL's unique indexes let many be null. */
export const external = (c: typeof kit) => ({
  externalSystem: c.string('external_system'),
  externalId: c.string('external_id')
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
