// An article as a page that stands alone: it runs nothing, and loads nothing but its pictures.
import { hash } from 'node:crypto'
import type { Article } from '../../content/articles/schema.ts'
import { pageOf } from '../ai-use/resolve.ts'
import type { Policy } from '../ai-use/store.ts'
import { oembedOf } from '../embeds/links.ts'
import { alternateTags } from '../markup/alternates.ts'
import { html } from '../markup/html.ts'
import type { Links } from '../markup/phrases.ts'
import { storyHtml } from '../markup/story.ts'

const style = `
:root { color-scheme: light dark; font: 1.0625rem/1.6 Georgia, "Times New Roman", serif }
body { max-width: 42rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word }
h1, h2, h3 { line-height: 1.2; text-wrap: balance }
.dek { font-size: 1.2rem }
.meta, .kicker, figcaption, small, .how { font-family: system-ui, sans-serif; font-size: .875rem }
img, video { max-width: 100%; height: auto }
figure { margin: 1.5rem 0 }
blockquote { margin: 0 0 .25rem; padding-left: 1rem; border-left: 3px solid }
.notice, .correction { padding: .25rem 1rem; border: 1px solid }
.table, pre { overflow-x: auto }
table { border-collapse: collapse }
th, td { padding: .4rem .75rem; border: 1px solid; text-align: start; vertical-align: top }
`

/** Scripts of others may not run in it, nor may a page of others hold it; its style is known by its hash (CSP 3). */
export const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    'img-src http: https:',
    'media-src http: https:',
    `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'sandbox allow-popups allow-popups-to-escape-sandbox'
  ].join('; ')
}

/** The whole document. */
export async function page(article: Article, policy: Policy): Promise<Buffer> {
  const { title, summary, dek, language, sources, bylines } = article
  const about = summary ?? dek
  const canonical = article.canonicalUrl ?? pageOf(policy, article)
  const known = new Map(sources.map((one) => [one.id, one]))
  const links: Links = {
    section: () => undefined,
    article: (id) => `/v1/articles/${id}/html`,
    source: (id) => known.get(id)?.url,
    file: (url) => url
  }
  const story = await storyHtml(article, links)
  const head = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${policy.publisher.name}</title>
${about && html`<meta name="description" content="${about}">`}${bylines.map(({ name }) => html`<meta name="author" content="${name}">`)}${canonical && html`<link rel="canonical" href="${canonical}">`}<link rel="alternate" type="application/ld+json" href="${`/v1/articles/${article.id}/jsonld`}">${alternateTags(oembedOf(article, policy.publisher))}`
  return Buffer.from(`${head}
<style>${style}</style>
</head>
<body>
<main>${story}</main>
</body>
</html>
`)
}
