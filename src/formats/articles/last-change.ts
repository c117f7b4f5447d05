import type { Article } from '../../content/articles/schema.ts'

/** When readers were last told something else: a correction counts, though the text may stand as it was. */
export const lastChange = ({ updatedAt, corrections }: Article): string =>
  [updatedAt, ...corrections.map(({ publishedAt }) => publishedAt!)].sort().at(-1)!
