// Moving everything that names a source to another, a slice at a time: other writes go in between.
import * as changes from '../../changes/log/store.ts'
import { renameInSend } from '../../content/external/renaming.ts'
import { setAffiliation, takeOut } from '../../content/sources/merging.ts'
import type { Writer } from '../../storage/database.ts'
import { movesOf, placesOf, setNames } from './drafts.ts'
import { moveParties } from './parties.ts'
import { republishWith } from './published.ts'
import { type Slice, workInSlice } from './slice.ts'
import * as merges from './store.ts'
import { articlesNaming, membersOf } from './touched.ts'

/** Moves the next of a merge; answers whether more can be done now. */
export async function moveSome(tx: Writer, merge: merges.Merge, slice: Slice): Promise<boolean> {
  const { id, into } = merge
  const members = await membersOf(tx, id, slice.records)
  for (const member of members) {
    const version = await setAffiliation(tx, member, into)
    const fields = { detail: { fields: ['affiliationId'] } }
    await changes.append(tx, { action: 'update', kind: 'source', id: member, version, ...fields })
  }
  await merges.addMoves(
    tx,
    members.map((record) => ({ mergeId: id, kind: 'affiliation' as const, record, position: 0 }))
  )
  if (members.length > 0) return true
  const naming = await articlesNaming(tx, id, { legalHold: false, limit: slice.records })
  const done = await workInSlice(naming, slice, (articleId) => moveArticle(tx, merge, articleId))
  if (done > 0) await merges.change(tx, id, { articles: merge.articles + done })
  if (naming.length > 0) return true
  await moveParties(tx, merge)
  const held = await articlesNaming(tx, id, { legalHold: true, limit: 1 })
  if (held.length === 0)
    await merges.change(tx, id, { state: 'done', source: { ...(await takeOut(tx, id)) } })
  return false
}

/** Moves what an article has: its draft, what was last sent of it, and its published edition. */
async function moveArticle(tx: Writer, { id, into }: merges.Merge, articleId: string) {
  const places = await placesOf(tx, articleId, id)
  await setNames(tx, articleId, places, into)
  const keys = await renameInSend(tx, articleId, id, into)
  const published: merges.NewMove[] = []
  const note = (move: Pick<merges.NewMove, 'kind' | 'record' | 'position' | 'word'>) => {
    const isThere = places.some(
      (one) => one.kind === move.kind && one.record === move.record && one.position === move.position
    )
    if (!isThere) published.push({ mergeId: id, articleId, ...move })
    return into
  }
  await republishWith(tx, articleId, {
    to: into,
    note: `The source ${id} was merged into ${into}`,
    renaming: {
      hop: (was, record, position, { relation }) =>
        was === id ? note({ kind: 'hop', record, position, word: relation }) : was,
      byline: (was, { name }, position) =>
        was === id ? note({ kind: 'byline', record: articleId, position, word: name }) : was,
      affiliation: (was) => (was === id ? into : was)
    }
  })
  const own = { mergeId: id, articleId, record: articleId, position: 0 }
  await merges.addMoves(tx, [
    ...movesOf(id, articleId, places),
    ...published,
    { ...own, kind: 'edition' },
    ...(keys ? [{ ...own, kind: 'send' as const, keys }] : [])
  ])
}
