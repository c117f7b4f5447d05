// What all pages have in common.
import { type Html, html } from '../../formats/markup/html.ts'
import type { Links } from '../../formats/markup/phrases.ts'

interface Layout {
  title: string
  main: Html
  head?: Html
  /** What was searched for, which the search box holds. */
  query?: string
  sections: { name: string }[]
}

const sectionPath = (name: string) => `/sections/${encodeURIComponent(name)}`
export const articlePath = (slug: string) => `/articles/${encodeURIComponent(slug)}`
const sourcePath = (id: string) => `/sources/${id}`

/** The pictures of the sample are files of this site, at whatever address it listens now. */
const ofSample = /^http:\/\/127\.0\.0\.1:\d+(\/sample\/pictures\/[\w-]+\.svg)$/
const fileAddress = (url: string) => ofSample.exec(url)?.[1] ?? url

/** Where the pages of this site are; those of articles by their slugs. */
export const linksTo = (slugs: Map<string, string>): Links => ({
  section: sectionPath,
  article(id) {
    const slug = slugs.get(id)
    return slug && articlePath(slug)
  },
  source: sourcePath,
  file: fileAddress
})

/** A whole document. */
export const layout = ({ title, main, head, query, sections }: Layout) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · On Record</title>
<link rel="icon" href="/site/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/site/style.css">
${head}
</head>
<body>
<a class="skip" href="#main">To the content</a>
<header class="site">
<div class="wide">
<p class="brand"><a href="/">On Record</a></p>
<form role="search" action="/search" method="get"><label for="q">Search</label><input id="q" name="q" type="search"${query && html` value="${query}"`} required><button>Find</button></form>
<nav aria-label="Sections"><ul>${sections.map(({ name }) => html`<li><a href="${sectionPath(name)}">${name}</a></li>`)}</ul></nav>
</div>
</header>
<main id="main" tabindex="-1">${main}</main>
<footer class="site">
<nav class="wide" aria-label="More"><ul>
<li><a href="/quotes">Who said what</a></li>
<li><a href="/corrections">Corrections</a></li>
<li><a href="/docs">The API</a></li>
<li><a href="/openapi.json">OpenAPI</a></li>
</ul><p>A reference site: everything on it is what the public API answers.</p></nav>
</footer>
</body>
</html>
`

/** The link to the next page of a list, within this address; its cursor is in `cursorIn`. */
export const older = (next: string | null, query: Record<string, string> = {}, cursorIn = 'cursor') =>
  next === null
    ? html``
    : html`<p class="more"><a rel="next" href="${`?${new URLSearchParams({ ...query, [cursorIn]: next })}`}">More</a></p>`
