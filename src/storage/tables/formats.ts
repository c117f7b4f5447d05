// What the forms of the published side say of the newsroom itself.
import type * as kit from '../columns/postgres.ts'
import { edited } from './shared.ts'

export function formats(c: typeof kit) {
  /** Who publishes: one row, once somebody said it. */
  const publisher = c.table('publisher', {
    id: c.id(),
    about: c.json<Record<string, unknown>>('about').notNull(),
    ...edited(c)
  })

  return { publisher }
}
