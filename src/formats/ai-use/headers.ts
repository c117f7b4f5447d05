// What machines may do with an answer, in its headers.
import type { Article } from '../../content/articles/schema.ts'
import type { Media } from '../../content/media/schema.ts'
import * as documents from '../../newsstand/documents/published.ts'
import type { AnsweredRecord } from '../../newsstand/server/added-headers.ts'
import type { Reader } from '../../storage/database.ts'
import { apiAddress } from '../publisher/addresses.ts'
import { termsOfArticle, termsOfMedia } from './resolve.ts'
import { rslType } from './rsl.ts'
import type { Terms } from './schema.ts'
import { type Policy, policyOf } from './store.ts'
import { contentUsage, isSaid, tdmReservation } from './terms.ts'

/** The address of the RSL file of the site, or of an article; undefined where nobody said where this API is. */
export const rslAddress = ({ publisher }: Policy, articleId?: string) =>
  apiAddress(publisher, articleId ? `/v1/articles/${articleId}/rsl` : '/v1/rsl')

/** The headers that say these terms; none where nothing is said. */
export function termHeaders(policy: Policy, terms: Terms, articleId?: string): Record<string, string> {
  if (!isSaid(terms)) return {}
  const licence = rslAddress(policy, articleId)
  const { termsUrl } = policy.aiUse
  const reservation = tdmReservation(terms)
  return {
    'content-usage': contentUsage(terms),
    'tdm-reservation': String(reservation),
    ...(reservation === 1 && termsUrl && { 'tdm-policy': termsUrl }),
    ...(licence && { link: `<${licence}>; rel="license"; type="${rslType}"` })
  }
}

/** What holds for a published record: for a part of an article what holds for the article. */
async function termsOf(db: Reader, policy: Policy, { kind, id, articleId }: AnsweredRecord): Promise<Terms> {
  const { sections, articles, media } = policy.aiUse
  // Most often nothing is said of any, and the document need not be read.
  const matters = kind === 'media' ? (media ?? sections) : (articles ?? sections)
  const [of, named] = kind === 'media' ? (['media', id] as const) : (['article', articleId] as const)
  const document = matters && named && (await documents.documentOf(db, of, named))
  if (!document) return policy.site
  return kind === 'media'
    ? termsOfMedia(policy, JSON.parse(String(document)) as Media)
    : termsOfArticle(policy, JSON.parse(String(document)) as Article)
}

/** Whether the policy says anything of anything. */
export const isSilent = ({ site, aiUse: { sections, articles, media } }: Policy) =>
  !isSaid(site) && !sections && !articles && !media

/** The headers of a published record; undefined where nothing is said of any. */
export async function headersOfRecord(db: Reader, siteUrl: string | undefined, record: AnsweredRecord) {
  const policy = await policyOf(db, siteUrl)
  if (isSilent(policy)) return undefined
  const terms = await termsOf(db, policy, record)
  return termHeaders(policy, terms, record.kind === 'media' ? undefined : (record.articleId ?? undefined))
}
