// The policy as rules for addresses, for what tells of the whole site: RSL, TDMRep, robots.txt.
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import { ofDocument, ofFacet } from '../../newsstand/documents/cache-tags.ts'
import * as documents from '../../newsstand/documents/published.ts'
import { findDocuments } from '../../newsstand/lists/query.ts'
import { yieldIfDue } from '../../storage/commits/turns.ts'
import type { Reader } from '../../storage/database.ts'
import { withWholeAddress } from '../publisher/addresses.ts'
import { below, exactly, sectionAddress } from './patterns.ts'
import { pageOf, sectionsHaveAddresses, termsOfArticle, termsOfMedia } from './resolve.ts'
import type { Terms } from './schema.ts'
import type { Policy } from './store.ts'
import { isSaid, narrowed, strictest } from './terms.ts'

/** What holds for the addresses of a pattern (RFC 9309, 2.2.2): the longest that matches. */
export interface Rule {
  pattern: string
  terms: Terms
}

/** The rules, the narrower ones first, and the cache tags of what they were made of. */
export interface Rules {
  rules: Rule[]
  tags: number[]
}

/** How many articles of sections are named one by one, where addresses do not tell the section. */
const maxListed = 1000

/**
 * The rules of the site. A section is a rule for what stands below its address. Where addresses do not tell sections, each
 * of its articles is named; where these are too many, the site has the most restrictive of all terms, and each article
 * says its own (RSL 1.0, 4.9: what is said of a page goes before what is said of the site).
 */
export async function rulesOf(db: Reader, policy: Policy): Promise<Rules> {
  const { site, aiUse } = policy
  const home = policy.publisher.url
  if (home === null) return { rules: isSaid(site) ? [{ pattern: '/', terms: site }] : [], tags: [] }
  const sections = Object.entries(aiUse.sections ?? {}).map(([name, terms]) => ({
    name,
    terms: narrowed(site, terms)
  }))
  const areAddresses = sectionsHaveAddresses(policy)
  const listed = areAddresses ? [] : await idsIn(db, sections)
  const overflows = listed.length > maxListed
  const ids = new Set([...Object.keys(aiUse.articles ?? {}), ...(overflows ? [] : listed)])
  const rules = [
    ...(await articleRules(db, policy, home, ids)),
    ...(await mediaRules(db, policy, home, Object.keys(aiUse.media ?? {}))),
    ...(areAddresses ? sections : []).map(({ name, terms }) => ({
      pattern: below(sectionAddress(policy.publisher.articleUrl, name)!, home),
      terms
    })),
    { pattern: '/', terms: overflows ? strictest([site, ...sections.map(({ terms }) => terms)]) : site }
  ]
  return {
    rules: rules.filter((rule): rule is Rule => rule.pattern !== undefined && isSaid(rule.terms)),
    tags: [
      ...[...ids].map((id) => ofDocument('article', id)),
      ...Object.keys(aiUse.media ?? {}).map((id) => ofDocument('media', id)),
      ...(areAddresses
        ? []
        : sections.map(({ name }) => ofFacet('article', { name: 'section', value: name })))
    ]
  }
}

/** The articles of these sections, one more than may be listed. */
async function idsIn(db: Reader, sections: { name: string }[]): Promise<string[]> {
  const ids: string[] = []
  for (const { name } of sections) {
    const limit = maxListed + 1 - ids.length
    const found = await findDocuments(db, { kind: 'article', facets: { section: [name] }, limit })
    ids.push(...found.map(({ id }) => id))
    await yieldIfDue()
  }
  return ids
}

/** The documents of these that are published. */
async function* published<T>(db: Reader, kind: 'article' | 'media', ids: Iterable<string>) {
  for (const id of ids) {
    const document = await documents.documentOf(db, kind, id)
    if (document) yield JSON.parse(String(document)) as T
    await yieldIfDue()
  }
}

async function articleRules(db: Reader, policy: Policy, home: string, ids: Set<string>) {
  const rules: { pattern: string | undefined; terms: Terms }[] = []
  for await (const article of published<Article>(db, 'article', ids))
    rules.push({
      pattern: exactly(pageOf(policy, article)!, home),
      terms: termsOfArticle(policy, article)
    })
  return rules
}

async function mediaRules(db: Reader, policy: Policy, home: string, ids: string[]) {
  const rules: { pattern: string | undefined; terms: Terms }[] = []
  for await (const media of published<Media>(db, 'media', ids))
    if (media.url) {
      const { url } = withWholeAddress(media, policy.publisher)
      rules.push({ pattern: exactly(url!, home), terms: termsOfMedia(policy, media) })
    }
  return rules
}
