// Small pieces of pages.

import { onFirstUse } from '../../storage/text/on-first-use.ts'
import { type Html, html, type Value } from './html.ts'

const day = onFirstUse(() => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }))

/** The day of an instant (UTC), for people. */
export const dayOf = (instant: string) => day().format(new Date(instant))

/** A date, for people and for machines. */
export const date = (instant: string) => html`<time datetime="${instant}">${dayOf(instant)}</time>`

/** Values with something between them. */
export const joined = (values: Value[], between: string): Value[] =>
  values.flatMap((value, i) => (i === 0 ? [value] : [between, value]))

/** Words that lead to an address, if there is one. */
export const linked = (words: Value, url: string | null | undefined): Html =>
  url ? html`<a href="${url}" rel="noopener">${words}</a>` : html`${words}`

/** Where the words of a page lead: each kind of page has its own addresses. Where there is none, words are just words. */
export interface Links {
  section(name: string): string | undefined
  /** The page of an article of ours, by its id. */
  article(id: string): string | undefined
  source(id: string): string | null | undefined
  /** The address of a picture, video or recording. */
  file(url: string): string
}
