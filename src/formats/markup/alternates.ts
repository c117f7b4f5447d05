// Other forms of a page, for its head and for Link headers (HTML, rel=alternate; RFC 8288).
import { type Html, html } from './html.ts'

/** Another form of a page. */
export interface Alternate {
  type: string
  href: string
  title: string
}

/** The tags of other forms in the head of a page. */
export const alternateTags = (alternates: Alternate[]): Html[] =>
  alternates.map(
    ({ type, href, title }) => html`<link rel="alternate" type="${type}" href="${href}" title="${title}">`
  )
