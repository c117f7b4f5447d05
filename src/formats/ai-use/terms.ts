// What machines may do, in the words of each standard. All of them are made of the same terms, here alone.
import type { Terms } from './schema.ts'

export const uses = ['search', 'input', 'train'] as const
export type Use = (typeof uses)[number]

/** What holds for less, over what holds for more. */
export const narrowed = (broad: Terms, narrow: object = {}): Terms => ({
  ...broad,
  ...Object.fromEntries(Object.entries(narrow).filter(([, value]) => value !== null))
})

/** Whether anything is said. */
export const isSaid = (terms: Terms) => uses.some((use) => terms[use] !== undefined)

const ranks = ['allowed', undefined, 'paid', 'refused'] as const

/** The most restrictive combination: what holds for something made of all of these. */
export function strictest(all: Terms[]): Terms {
  const of = (use: Use) => ranks[Math.max(...all.map((terms) => ranks.indexOf(terms[use])))]
  const said = uses.flatMap((use) => (of(use) === undefined ? [] : [[use, of(use)]]))
  const price = all.find((terms) => terms.price)?.price
  return { ...Object.fromEntries(said), ...(price && { price }) }
}

const having = (terms: Terms, value: Terms[Use]) => uses.filter((use) => terms[use] === value)

/** The categories of draft-ietf-aipref-vocab-08. */
const categories = { search: 'search', input: 'ai-use', train: 'train-ai' }

/**
 * The value of Content-Usage (draft-ietf-aipref-attach), a dictionary of RFC 9651; empty where nothing is said. What has a
 * price is not allowed for the asking.
 */
export const contentUsage = (terms: Terms) =>
  uses
    .flatMap((use) =>
      terms[use] === undefined ? [] : `${categories[use]}=${terms[use] === 'allowed' ? 'y' : 'n'}`
    )
    .join(', ')

/** `tdm-reservation` of TDMRep, where something is said: 1 where any use is reserved, 0 where none is. */
export const tdmReservation = (terms: Terms): 0 | 1 =>
  uses.some((use) => terms[use] === 'refused' || terms[use] === 'paid') ? 1 : 0

/** The usages of RSL 1.0 (3.4.1.1). */
const usages = { search: 'search', input: 'ai-input', train: 'ai-train' }

/** A licence of RSL: what it permits and prohibits, and what that costs. */
export interface Licence {
  permits: string[]
  prohibits: string[]
  price?: Terms['price']
}

/** The licences of RSL: one of what costs nothing or is refused, and one of what has a price. */
export function licences(terms: Terms): Licence[] {
  const [allowed, refused, paid] = [
    having(terms, 'allowed'),
    having(terms, 'refused'),
    having(terms, 'paid')
  ].map((some) => some!.map((use) => usages[use])) as [string[], string[], string[]]
  return [
    ...(allowed.length + refused.length > 0 ? [{ permits: allowed, prohibits: refused }] : []),
    ...(paid.length > 0 ? [{ permits: paid, prohibits: [], price: terms.price }] : [])
  ]
}
