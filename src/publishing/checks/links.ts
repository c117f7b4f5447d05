// Checks of links to other articles of the newsroom.
import { type Article, slugPattern } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { placedTexts } from '../../content/body/text.ts'
import type { Check } from './check.ts'

/** A link within the newsroom's own site. */
interface Link {
  pointer: string
  href: string
  /** The id or slug that its path ends in. */
  name: string
  /** Whether the path can lead to nothing but an article. */
  isCertain: boolean
}

const articlePath = new RegExp(
  `^/v1/articles/(?<article>[^/]+)|^/(?!v1/)(?:.*/)?(?<name>${slugPattern})/?$`,
  'u'
)

/** The path of a URL in the form of stored slugs: percent-decoded, in NFC. */
function pathOf({ pathname }: URL): string {
  try {
    return decodeURI(pathname).normalize('NFC')
  } catch {
    return pathname
  }
}

/** The links of the body that lead to our articles, judged by their paths. */
export function internalLinks(body: Body, article: Pick<Article, 'slug' | 'canonicalUrl'>): Link[] {
  const host = ownHost(article)
  return placedTexts(body).flatMap(({ block, pointer }) =>
    block.markDefs.flatMap((def, m) => {
      if (def._type !== 'link') return []
      const url = URL.parse(def.href, 'relative://')
      const own = def.href.startsWith('/') || (host !== undefined && url?.host === host)
      const found = own ? articlePath.exec(pathOf(url!))?.groups : undefined
      if (found === undefined) return []
      const name = String(found.article ?? found.name)
      const isCertain = found.article !== undefined || name.includes('-')
      return [{ pointer: `${pointer}/markDefs/${m}/href`, href: def.href, name, isCertain }]
    })
  )
}

/** The host of the site; a canonical URL that does not end in the slug belongs to another publisher. */
function ownHost({ slug, canonicalUrl }: Pick<Article, 'slug' | 'canonicalUrl'>): string | undefined {
  const url = URL.parse(canonicalUrl ?? '')
  return url && pathOf(url).replace(/\/$/, '').endsWith(`/${slug}`) ? url.host : undefined
}

export const linkChecks: Check[] = [
  {
    code: 'broken-link',
    severity: 'warning',
    fix: 'Publish the article it leads to, or change or remove the link.',
    find: ({ article, body, linked }) =>
      internalLinks(body, article)
        .filter(({ name }) => name !== article.slug && name !== article.id)
        .filter(({ name, isCertain }) => linked.get(name) === false || (isCertain && !linked.has(name)))
        .map(({ pointer, href, name }) => ({
          pointer,
          detail: linked.has(name)
            ? `The link ${href} leads to an article that is not published.`
            : `The link ${href} leads to no article.`
        }))
  }
]
