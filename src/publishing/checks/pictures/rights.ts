// Checks of media credits: expiry, territory, and credit lines.
import type { Article } from '../../../content/articles/schema.ts'
import { quotedExcerpt } from '../../../content/body/anchors/wording.ts'
import type { MediaCredit } from '../../../content/credits/schema.ts'
import { hasName } from '../../../storage/text/has-name.ts'
import { onFirstUse } from '../../../storage/text/on-first-use.ts'
import { type Check, type CheckedDraft, type Failure, failureIf, forEachItem } from '../check.ts'

/** Failures of each credit of each file. */
export const eachCredit = (article: Article, find: (credit: MediaCredit, pointer: string) => Failure[]) =>
  forEachItem('/media', article.media, ({ credits }, at) => forEachItem(`${at}/credits`, credits, find))

/** The assumed time online of an article without a scheduled withdrawal. */
const assumedLifetime = 30 * 24 * 60 * 60 * 1000

/** Until when the rights must be valid. */
const requiredUntil = ({ at, withdrawAt }: CheckedDraft) =>
  withdrawAt ?? new Date(Date.parse(at) + assumedLifetime).toISOString()

export const rightsChecks: Check[] = [
  {
    code: 'credit-expired',
    severity: 'error',
    // Readers would not get the picture: rights are held at reading, too.
    final: true,
    fix: 'Renew the rights and set `expiresAt`, or show something else.',
    find: ({ article, at: now }) =>
      eachCredit(article, ({ creditLine, expiresAt }, at) =>
        failureIf(
          expiresAt !== null && expiresAt <= now,
          `${at}/expiresAt`,
          `The rights of ${quotedExcerpt(creditLine)} ended at ${expiresAt}.`
        )
      )
  },
  {
    code: 'credit-expiring',
    severity: 'warning',
    fix: 'Renew the rights and set `expiresAt`, or withdraw the article before they end.',
    find(checked) {
      const end = requiredUntil(checked)
      return eachCredit(checked.article, ({ creditLine, expiresAt }, at) =>
        failureIf(
          expiresAt !== null && expiresAt > checked.at && expiresAt < end,
          `${at}/expiresAt`,
          `The rights of ${quotedExcerpt(creditLine)} end at ${expiresAt}, while the article stands.`
        )
      )
    }
  },
  {
    code: 'credit-not-for-territory',
    severity: 'error',
    fix: 'Obtain the rights and add the country to `territories` (ISO 3166, two letters), or show something else.',
    find: ({ article, territory, terms }) =>
      eachCredit(article, ({ id, creditLine }, at) => {
        const { territories } = terms.get(id)!
        return failureIf(
          !isHere(territories, territory),
          `${at}/territories`,
          `The rights of ${quotedExcerpt(creditLine)} do not hold in ${territory}.`
        )
      })
  },
  {
    code: 'credit-line-mismatch',
    severity: 'warning',
    fix: 'Make the credit line name a creator or a supplier, or correct who they are.',
    find: ({ article }) =>
      eachCredit(article, ({ creditLine, creators, suppliers }, at) => {
        const missing = [...creators, ...suppliers]
        const detail = `The credit line ${quotedExcerpt(creditLine)} names none of ${missing.join(', ')}.`
        const contradicts = missing.length > 0 && !isOneNamed(creditLine, creators, suppliers)
        return failureIf(contradicts, `${at}/creditLine`, detail)
      })
  }
]

const everywhere = new Set(['world', 'worldwide', 'ww', '001'])
const countries = onFirstUse(() => new Intl.DisplayNames('en', { type: 'region' }))

/** Whether rights hold where the newsroom publishes, as far as that is known. */
export const isHere = (territories: string[] | null, territory: string | undefined) =>
  territory === undefined || territories === null || coversTerritory(territories, territory)

/** Whether rights for these territories (ISO 3166 codes or English names) include this country. No list means all. */
function coversTerritory(territories: string[], territory: string): boolean {
  const here = new Set([territory.toLowerCase(), String(countries().of(territory)).toLowerCase()])
  const listed = territories.map((one) => one.trim().toLowerCase())
  return listed.length === 0 || listed.some((one) => here.has(one) || everywhere.has(one))
}

/** Whether a credit line names one of these; a creator's last name suffices. */
function isOneNamed(creditLine: string, creators: string[], suppliers: string[]): boolean {
  const lastNames = creators.map((name) => name.trim().split(/\s+/).at(-1)!)
  return [...creators, ...suppliers, ...lastNames].some((name) => hasName(creditLine, name.trim()))
}
