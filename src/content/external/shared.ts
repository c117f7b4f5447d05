// The sources and pictures of a story that is sent again.
import { isDeepStrictEqual } from 'node:util'
import { movedTo } from '../../newsstand/documents/moved.ts'
import type { Writer } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import type { Before } from '../articles/story.ts'
import * as credits from '../credits/store.ts'
import * as media from '../media/store.ts'
import * as sources from '../sources/store.ts'
import type { Keys } from './keys.ts'
import type { Sent } from './sends.ts'
import { creditOf } from './sent.ts'
import { type Kept, taken } from './three-way.ts'

/** The records that the last send had under the same keys, brought up to date with this one. */
export const sharedBefore = (tx: Writer, base: Sent, keys: Keys, kept: Kept): Before => ({
  async source({ key, pointer }, source) {
    const before = base.sources.find(
      (one) => one.key === key && nameKey(String(one.record.name)) === nameKey(source.name)
    )
    if (before === undefined || keys.taken.has(before.id)) return undefined
    // What was sent before may name a source that was merged since.
    const now = await sources.byId(tx, (await movedTo(tx, 'source', before.id)) ?? before.id)
    if (now === undefined || keys.taken.has(now.id) || now.kind !== source.kind) return undefined
    const { externalId: _, ...sent } = given(source)
    const fields = taken({ before: before.record, now: { ...now }, sent }, kept, pointer)
    if (Object.keys(fields).length > 0)
      await sources.change(tx, now.id, '*', (record) => ({ ...record, ...fields }))
    return now.id
  },

  async media({ key, pointer, record: { credits: sentCredits = [], ...file } }) {
    const before = base.media.find((one) => one.key === key && isSameFile(one.record, file))
    if (before === undefined || keys.taken.has(before.id)) return undefined
    const now = await media.byId(tx, before.id)
    if (now === undefined) return undefined
    const { externalId: _, ...sent } = given(file)
    const fields = taken({ before: before.record, now: { ...now }, sent }, kept, pointer)
    if (Object.keys(fields).length > 0)
      await media.change(tx, now.id, '*', (record) => ({ ...record, ...fields }))
    const wanted = sentCredits.map(({ key: _, ...credit }) => creditOf(credit))
    const all = { before: before.credits, now: now.credits, sent: wanted }
    await changeCredits(tx, now.id, all, kept, `${pointer}/credits`)
    return now.id
  }
})

/** What a request names of a record. */
const given = <T extends object>(record: T): T =>
  // As: without what is undefined it has the same type.
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

/** A key may name another picture in the next send; an address, or no address at all, does not. */
const isSameFile = (before: Record<string, unknown>, file: { url?: string | null; kind: string }) =>
  (before.url ?? null) === (file.url ?? null) && before.kind === file.kind

type Credits = Parameters<typeof creditOf>[0][]

/** Puts the credits of a picture as they were sent, where they were not edited here. */
async function changeCredits(
  tx: Writer,
  mediaId: string,
  { before, now, sent }: { before: unknown[]; now: ({ id: string } & Credits[number])[]; sent: Credits },
  kept: Kept,
  pointer: string
) {
  const current = now.map(creditOf)
  if (isDeepStrictEqual(current, sent)) return
  if (!isDeepStrictEqual(current, before)) return kept.add(pointer)
  for (const [i, credit] of sent.entries()) {
    const there = now[i]
    if (there === undefined) await credits.create(tx, mediaId, credit)
    else if (!isDeepStrictEqual(current[i], credit)) await credits.change(tx, there.id, '*', () => credit)
  }
  for (const { id } of now.slice(sent.length)) await credits.remove(tx, id, '*')
}
