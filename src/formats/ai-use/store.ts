// What machines may do: one row, beside that of the publisher.
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem } from '../../http/problems.ts'
import { memoizedUntilCommit } from '../../storage/commits/memo.ts'
import { allTags, type Reader, type Writer } from '../../storage/database.ts'
import { put, row } from '../publisher/about.ts'
import type { Publisher } from '../publisher/schema.ts'
import { publisher } from '../publisher/store.ts'
import type { AiUse, NewAiUse, Terms } from './schema.ts'
import { narrowed, uses } from './terms.ts'

const id = 'ai-use'

/** What was said, with its version. */
export async function current(db: Reader): Promise<AiUse> {
  const said = await row(db, id)
  return { ...(said?.about as NewAiUse), version: said?.version ?? 0, updatedAt: said?.updatedAt ?? null }
}

/** What everything that tells machines of their terms is made of. */
export interface Policy {
  publisher: Publisher
  aiUse: NewAiUse
  /** What holds where nothing else is said. */
  site: Terms
}

/** The policy as it is now; `siteUrl` is the front page where nobody said which it is. */
export const policyOf = (db: Reader, siteUrl: string | undefined) => policy(db, siteUrl ?? '')

const policy = memoizedUntilCommit(async (db, siteUrl: string): Promise<Policy> => {
  const { version: _, updatedAt: __, ...aiUse } = await current(db)
  return { publisher: await publisher(db, siteUrl || undefined), aiUse, site: narrowed({}, aiUse.site) }
})

/** Says something else. Throws 412, what `edit` throws, and 400 for a use that is paid and has no price. */
export async function change(
  tx: Writer,
  versions: Expected,
  edit: (now: NewAiUse) => NewAiUse
): Promise<AiUse> {
  const { version, updatedAt: _, ...now } = checkVersion(await current(tx), versions, 'setting')
  const about = edit(now)
  checkPrices(about)
  const written = await put(tx, id, about)
  // It stands in the headers of all that is public.
  tx.invalidated.add(allTags)
  await changes.append(tx, { action: 'update', kind: 'settings', id, version: version + 1 })
  return { ...about, version: written.version, updatedAt: written.updatedAt }
}

/** Every scope with what is said of it, by its JSON Pointer. */
const scopes = ({ site, sections, articles, media }: NewAiUse): [string, object][] => [
  ['/site', site ?? {}],
  ...Object.entries({ sections, articles, media }).flatMap(([name, some]) =>
    Object.entries(some ?? {}).map(([key, terms]): [string, object] => [
      `/${name}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      terms
    ])
  )
]

function checkPrices(about: NewAiUse) {
  const site = narrowed({}, about.site)
  for (const [pointer, terms] of scopes(about)) {
    const said = narrowed({}, terms)
    const { price } = said
    if (price && (price.amount == null) !== (price.currency == null))
      throw refused(`${pointer}/price`, 'an amount and its currency belong together: say both, or neither.')
    const paid = uses.find((use) => said[use] === 'paid')
    if (paid && !price && !site.price)
      throw refused(`${pointer}/${paid}`, 'what is paid needs a price: say it here, or for the site.')
  }
}

const refused = (pointer: string, detail: string) =>
  new HttpProblem('invalid-input', `Body: ${pointer}: ${detail}`, [{ pointer, detail }])
