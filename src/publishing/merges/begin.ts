// Beginning a merge: what it may not be, and what the other source gets by it.
import { eq } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { keysOf } from '../../content/sources/names.ts'
import * as sources from '../../content/sources/store.ts'
import { found, HttpProblem, unprocessable } from '../../http/problems.ts'
import { movedTo, setMoved } from '../../newsstand/documents/moved.ts'
import { moveDoubts } from '../../record/reviews/causes.ts'
import type { Reader, Tables, Writer } from '../../storage/database.ts'
import { nameKey } from '../../storage/text/name-key.ts'
import * as merges from './store.ts'
import { articlesNaming } from './touched.ts'

type Source = Tables['sources']['$inferSelect']

/** How many names and addresses a source may have (content/sources/schema.ts). */
const maxItems = { aliases: 50, sameAs: 20 }

/**
 * Begins to merge a source into another: from now on its id leads there, and the other has its names. Throws 404, 409
 * and 422.
 */
export async function begin(tx: Writer, id: string, into: string) {
  const before = await merges.byId(tx, id)
  const isActive = before?.state === 'moving' || before?.state === 'done'
  if (isActive) throw conflict(`The source was merged into ${before.into} already.`)
  if (before?.state === 'undoing')
    throw conflict('A merge of the source is being taken back: wait until `GET .../merge` says `undone`.')
  const source = found(await sources.row(tx, id), 'source')
  const target = await targetOf(tx, source, into)
  await checkMoving(tx, id, into)
  await checkNoPrivateValues(tx, id)
  await checkNoHolds(await articlesNaming(tx, id, { legalHold: true, limit: maxHeldNamed }))
  const gained = gains(source, target)
  await sources.change(tx, into, '*', (now) => ({
    ...now,
    aliases: [...target.aliases, ...gained.aliases],
    sameAs: [...target.sameAs, ...gained.sameAs]
  }))
  const { q, t, now, actor } = tx
  await q.delete(t.sourceMerges).where(eq(t.sourceMerges.id, id))
  await q.insert(t.sourceMerges).values({
    ...{ id, into, state: 'moving', at: now, actor: actor.name, role: actor.role, gained, articles: 0 },
    externalSystem: source.externalSystem,
    externalId: source.externalId,
    left: []
  })
  await setMoved(tx, 'source', id, into)
  const doubts = await moveDoubts(tx, id, into)
  await merges.addMoves(
    tx,
    doubts.map((record) => ({ mergeId: id, kind: 'doubt', record, position: 0 }))
  )
  await changes.append(tx, { action: 'merge', kind: 'source', id, detail: { into } })
}

/** The source that it is merged into. Throws 422. */
async function targetOf(db: Reader, source: Source, into: string): Promise<Source> {
  const wrong = (detail: string) => unprocessable('/into', detail)
  if (source.id === into) throw wrong('A source cannot be merged into itself: name the other one.')
  const to = await movedTo(db, 'source', into)
  if (to) throw wrong(`The source ${into} was merged into ${to}: name that one.`)
  const rows = await sources.withAffiliations(db, [into])
  const target = rows.find((row) => row.id === into)
  if (target === undefined) throw wrong(`There is no source ${into}: name one that exists.`)
  if (target.kind !== source.kind)
    throw wrong(
      `The one is a ${source.kind}, the other a ${target.kind}: correct the \`kind\` of the one that is wrong first.`
    )
  if (rows.some(({ id }) => id === source.id))
    throw wrong(`The source ${into} belongs to this one: change its \`affiliationId\` first.`)
  return target
}

/** Throws 409 where another merge of one of the two is not finished. */
async function checkMoving(db: Reader, id: string, into: string) {
  for (const one of await merges.unfinished(db)) {
    const other = (await merges.byId(db, one.id))!
    const isUndone = other.state === 'undoing' && [other.id, other.into].includes(into)
    if (other.into === id || isUndone)
      throw conflict(`The merge of ${other.id} and ${other.into} is not finished: wait until it is.`)
  }
}

/** Throws 409 for a source with private fields: they are never told, so nobody could compare those of the two. */
async function checkNoPrivateValues({ q, t: { privateValues: v } }: Reader, id: string) {
  const values = await q.select({ field: v.field }).from(v).where(eq(v.sourceId, id)).limit(1)
  if (values.length > 0)
    throw conflict(
      'The source has private fields, which are lost in a merge: clear them first, or merge the other way.'
    )
}

/** How many held articles a refusal names. */
export const maxHeldNamed = 5

/** Throws 409 for articles under a legal hold. */
export function checkNoHolds(held: string[]) {
  if (held.length === 0) return
  throw conflict(
    `An editor must lift the legal hold of ${held.join(', ')} first: nothing of what is held may change.`
  )
}

/** The names and addresses that a source gets from the other. Throws 422 for more than it may have. */
function gains(source: Source, target: Source): merges.Merge['gained'] {
  const known = new Set(keysOf(target))
  const aliases = [source.name, ...source.aliases].filter((name) => {
    const key = nameKey(name)
    const isNew = !known.has(key) && key !== ''
    known.add(key)
    return isNew
  })
  const there = [target.url, ...target.sameAs]
  const own = source.url ? [source.url] : []
  const sameAs = [...new Set([...own, ...source.sameAs])].filter((url) => !there.includes(url))
  for (const [field, more] of [
    ['aliases', aliases],
    ['sameAs', sameAs]
  ] as const)
    if (target[field].length + more.length > maxItems[field])
      throw unprocessable(
        '/into',
        `The source ${target.id} would have more than ${maxItems[field]} \`${field}\`: remove some of either first.`
      )
  return { aliases, sameAs }
}

export const conflict = (detail: string) => new HttpProblem('conflict', detail)
