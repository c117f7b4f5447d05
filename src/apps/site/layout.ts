// What all pages have in common.
import { type Html, html, type Value } from './html.ts'

interface Layout {
  title: string
  main: Html
  head?: Html
  sections: { name: string }[]
}

export const sectionPath = (name: string) => `/sections/${encodeURIComponent(name)}`
export const articlePath = (slug: string) => `/articles/${encodeURIComponent(slug)}`
export const sourcePath = (id: string) => `/sources/${id}`

/** A whole document. */
export const layout = ({ title, main, head, sections }: Layout) => html`<!doctype html>
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
<form role="search" action="/search" method="get"><label for="q">Search</label><input id="q" name="q" type="search" required><button>Find</button></form>
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

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** A date, for people and for machines. */
export const date = (instant: string) =>
  html`<time datetime="${instant}">${day.format(new Date(instant))}</time>`

/** Values with something between them. */
export const joined = (values: Value[], between: string): Value[] =>
  values.flatMap((value, i) => (i === 0 ? [value] : [between, value]))

/** The link to the next page of a list, within this address. */
export const older = (next: string | null, query: Record<string, string> = {}) =>
  next === null
    ? html``
    : html`<p class="more"><a rel="next" href="${`?${new URLSearchParams({ ...query, cursor: next })}`}">More</a></p>`
