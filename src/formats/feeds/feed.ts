import type { Policy } from '../ai-use/store.ts'
import type { Entry } from './entries.ts'

/** A page of a feed, without its entries. */
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
}

/**
 * How a format is written. Entries are written one by one, with turns of the event loop between: each may be a story of
 * megabytes.
 */
export interface FeedWriter {
  /** What stands before and after the entries. */
  envelope(feed: Feed): [before: string, after: string]
  /** What stands between two entries. */
  between: string
  /** The entry at a place of the feed; that of the first is 0. */
  entry(entry: Entry, policy: Policy, place: number): string | Promise<string>
}

/** What stands before and after the entries of a JSON object whose last value is the empty list of them. */
export function aroundEntries(feed: object): [before: string, after: string] {
  const json = JSON.stringify(feed)
  return [json.slice(0, -2), ']}']
}

/** The names of bylines. */
export const authorsOf = ({ article }: Entry) => article.bylines.map(({ name }) => name)

/** The section and the tags, each once. */
export const categoriesOf = ({ article: { section, tags } }: Entry) => [
  ...new Set([...(section === null ? [] : [section]), ...tags])
]
