import type { Policy } from '../ai-use/store.ts'
import type { Entry } from './entries.ts'

/** A page of a feed. */
export interface Feed {
  policy: Policy
  /** The front page. */
  home: string
  title: string
  /** The identity of the feed; its address where the newsroom says how readers reach this API. */
  id: string
  /** Its own address, and that of the page with older entries; undefined where nobody knows. */
  self: string | undefined
  next: string | undefined
  /** Who tells of changes of it (WebSub). */
  hub: string | undefined
  /** When anything in it was last changed; undefined where it is empty. */
  updated: string | undefined
  entries: Entry[]
}

/** The names of bylines. */
export const authorsOf = ({ article }: Entry) => article.bylines.map(({ name }) => name)

/** The section and the tags, each once. */
export const categoriesOf = ({ article: { section, tags } }: Entry) => [
  ...new Set([...(section === null ? [] : [section]), ...tags])
]
