// The quotes and claims of a story that is sent again, under the ids that they had.
import type { Writer } from '../../storage/database.ts'
import type { ConvertedStory } from '../articles/schema.ts'
import * as stories from '../articles/story.ts'
import * as corrections from '../corrections/store.ts'
import * as quotes from '../quotes/store.ts'
import type { Keys } from './keys.ts'
import { matched } from './matching.ts'
import { withNamedClaims, withNamedHops } from './named.ts'
import * as records from './records.ts'
import type * as sends from './sends.ts'
import { hopsOf, quoteOf } from './sent.ts'
import type { Kept } from './three-way.ts'

/** What was sent last of the quotes and claims. */
type Base = Pick<sends.Sent, 'quotes' | 'claims'>
type Now = Awaited<ReturnType<typeof currentRecords>>

/** The quotes and claims of the story; `keys` learn which records they are. */
export async function entriesOf(
  tx: Writer,
  keys: Keys,
  { quotes: said = [], attributions: claimed = [] }: Pick<ConvertedStory, 'quotes' | 'attributions'>,
  base: Base,
  now: Now
) {
  const quoted = await withNamedHops(tx, stories.withIds(keys, 'quo', '/quotes', said))
  const claims = await withNamedClaims(tx, stories.withIds(keys, 'att', '/attributions', claimed))
  return {
    quoted: await sameAs(
      quoted.map((one) => ({ ...one, text: one.record.text })),
      textsOf(base.quotes, now.quotes),
      (key, id) => keys.use('quo', key, id, true)
    ),
    claims: await sameAs(
      claims.map((one) => ({ ...one, text: one.record.claim })),
      textsOf(base.claims, now.claims),
      (key, id) => keys.use('att', key, id, true)
    )
  }
}

/** What becomes of the quotes and of the claims. */
export function plansOf(
  keys: Keys,
  { quoted, claims }: Awaited<ReturnType<typeof entriesOf>>,
  base: Base,
  now: Now,
  kept: Kept
) {
  const { targets } = now
  const sentQuotes = quoted.map(({ id, pointer, record }) => ({
    id,
    pointer,
    record: quoteOf(record),
    hops: (record.attributions ?? []).map(({ hops }) => hopsOf(keys, hops))
  }))
  const sentClaims = claims.map(({ id, pointer, record }) => ({
    id,
    pointer,
    record: { claim: record.claim },
    hops: [hopsOf(keys, record.hops)]
  }))
  return {
    quotePlan: records.plan({ base: base.quotes, now: now.quotes, targets, sent: sentQuotes }, kept, {
      path: '/quotes',
      chain: '/attributions'
    }),
    claimPlan: records.plan({ base: base.claims, now: now.claims, targets, sent: sentClaims }, kept, {
      path: '/attributions',
      chain: '/hops'
    })
  }
}

/** The quotes and claims of the draft, and what its corrections point at. */
export async function currentRecords(tx: Writer, articleId: string) {
  const { quotes: said, attributions } = await quotes.ofArticle(tx, articleId)
  const corrected = await corrections.ofArticle(tx, articleId)
  return {
    quotes: said.map((quote) => ({ id: quote.id, record: quoteOf(quote), chains: quote.attributions })),
    claims: attributions.flatMap(({ id, claim, hops }) =>
      claim === null ? [] : [{ id, record: { claim }, chains: [{ id, hops }] }]
    ),
    targets: new Set(corrected.flatMap(({ target }) => Object.values(target ?? {})))
  }
}

/** Those of the last send, and those that were added here since, by their words. */
function textsOf(
  base: sends.Sent['quotes'],
  now: { id: string; record: { text: string } | { claim: string } }[]
) {
  const words = (record: Record<string, unknown>) => String(record.text ?? record.claim)
  const known = new Set(base.map(({ id }) => id))
  return {
    base: base.map(({ id, key, record }) => ({ id, key, text: words(record) })),
    added: now.flatMap(({ id, record }) => (known.has(id) ? [] : [{ id, text: words({ ...record }) }]))
  }
}

/** The entries under the ids that they had. */
async function sameAs<T extends { id: string; key: string | undefined; text: string }>(
  entries: T[],
  { base, added }: ReturnType<typeof textsOf>,
  use: (key: string | undefined, id: string) => void
): Promise<T[]> {
  const matches = await matched(entries, base)
  const open = new Map(added.map((one) => [one.text, one.id]))
  return entries.map((entry, i) => {
    const id = matches[i]?.id ?? open.get(entry.text)
    if (id === undefined) return entry
    open.delete(entry.text)
    use(entry.key, id)
    return { ...entry, id }
  })
}
