import type { Tables } from '../../../storage/database.ts'

/** What became of the entries, as it is kept. */
export type Counts = Tables['exportImports']['$inferSelect']['counts']

export const noCounts: Counts = {
  articles: 0,
  changed: 0,
  unchanged: 0,
  published: 0,
  comments: 0,
  left: 0,
  failed: 0
}
