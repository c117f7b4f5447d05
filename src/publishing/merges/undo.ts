// Taking a merge back: the source is there again, and exactly what was moved goes back to it.
import { isDeepStrictEqual } from 'node:util'
import * as changes from '../../changes/log/store.ts'
import { checkExternalId, externalOf } from '../../content/external/ids.ts'
import { restoreInSend } from '../../content/external/renaming.ts'
import * as quotes from '../../content/quotes/store.ts'
import { putBack, setAffiliation } from '../../content/sources/merging.ts'
import * as sources from '../../content/sources/store.ts'
import { clearMoved, movedTo } from '../../newsstand/documents/moved.ts'
import { returnDoubts } from '../../record/reviews/causes.ts'
import type { Tables, Writer } from '../../storage/database.ts'
import { checkNoHolds, conflict, maxHeldNamed } from './begin.ts'
import { type Place, setNames, stillNaming } from './drafts.ts'
import { restoreParties } from './parties.ts'
import { republishWith } from './published.ts'
import { type Slice, workInSlice } from './slice.ts'
import * as merges from './store.ts'
import { affiliationsOf, articlesToRestore, membersToRestore } from './touched.ts'

type Source = Tables['sources']['$inferSelect']

/** Begins to take a merge back: the source is there again. Throws 404 and 409. */
export async function beginUndo(tx: Writer, id: string) {
  const merge = merges.found(await merges.byId(tx, id))
  const { into, state, at, gained } = merge
  if (state === 'undoing' || state === 'undone') throw conflict('The merge was taken back already.')
  if (merges.endOf(at) <= tx.now)
    throw conflict(
      `The merge could be taken back until ${merges.endOf(at)}: what it moved is no longer known.`
    )
  const next = await movedTo(tx, 'source', into)
  if (next) throw conflict(`The source ${into} was merged into ${next} since: take that back first.`)
  checkNoHolds(await articlesToRestore(tx, id, { legalHold: true, limit: maxHeldNamed }))
  await clearMoved(tx, 'source', id)
  if (state === 'done') await revive(tx, merge)
  await restoreParties(tx, merge)
  if (await sources.row(tx, into))
    await sources.change(tx, into, '*', (now) => ({
      ...now,
      aliases: now.aliases!.filter((one) => !gained.aliases.includes(one)),
      sameAs: now.sameAs!.filter((one) => !gained.sameAs.includes(one))
    }))
  await merges.change(tx, id, { state: 'undoing', source: null })
  await changes.append(tx, { action: 'unmerge', kind: 'source', id, detail: { into } })
}

/** Puts the source back as it was. Throws 409 where another has its external id. */
async function revive(tx: Writer, { id, source }: merges.Merge) {
  // As: it is the row that was taken out.
  const row = source as unknown as Source
  await checkExternalId(tx, 'sources', id, externalOf(row))
  const above = row.affiliationId && ((await movedTo(tx, 'source', row.affiliationId)) ?? row.affiliationId)
  const isThere = above !== null && (await sources.row(tx, above)) !== undefined
  await putBack(tx, row, isThere ? above : null)
}

/** Moves the next of a merge back; answers whether more can be done now. */
export async function restoreSome(tx: Writer, merge: merges.Merge, slice: Slice): Promise<boolean> {
  const { id } = merge
  const members = await membersToRestore(tx, id, slice.records)
  if (members.length > 0) {
    await restoreMembers(tx, merge, members)
    return true
  }
  const moved = await articlesToRestore(tx, id, { legalHold: false, limit: slice.records })
  await workInSlice(moved, slice, (articleId) => restoreArticle(tx, id, articleId))
  if (moved.length > 0) return true
  if ((await articlesToRestore(tx, id, { legalHold: true, limit: 1 })).length === 0) await finish(tx, merge)
  return false
}

async function restoreMembers(tx: Writer, { id, into }: merges.Merge, members: string[]) {
  const now = await affiliationsOf(tx, members)
  const left: merges.Left[] = []
  for (const member of members) {
    if (now.get(member) === into) {
      const version = await setAffiliation(tx, member, id)
      const fields = { detail: { fields: ['affiliationId'] } }
      await changes.append(tx, { action: 'update', kind: 'source', id: member, version, ...fields })
    } else {
      const detail = 'It belongs to another source since, or was deleted.'
      left.push({ kind: 'affiliation', id: member, articleId: null, detail })
    }
  }
  await merges.markMembers(tx, id, members)
  await tell(tx, id, left)
}

/** Moves back what was moved in an article. */
async function restoreArticle(tx: Writer, mergeId: string, articleId: string) {
  const { into } = (await merges.byId(tx, mergeId))!
  const moves = await merges.movesIn(tx, mergeId, articleId)
  const moved = moves.flatMap(({ kind, record, position, word }): Place[] =>
    kind === 'hop' || kind === 'byline' ? [{ kind, record, position, word: word! }] : []
  )
  const places = await stillNaming(tx, articleId, moved, into)
  await restoreSend(tx, articleId, { id: mergeId, into, moves, places })
  await setNames(tx, articleId, places, mergeId)
  const members = await merges.affiliatesOf(tx, mergeId)
  const back: Pick<Place, 'kind' | 'record' | 'word'>[] = [...places]
  const isMoved = (one: Omit<Place, 'position'>, position?: number) => {
    const same = moved.some(
      ({ position: at, ...place }) =>
        isDeepStrictEqual(place, one) && (position === undefined || at === position)
    )
    if (same) back.push(one)
    return same
  }
  await republishWith(tx, articleId, {
    to: mergeId,
    note: `The merge of ${mergeId} into ${into} was taken back`,
    renaming: {
      hop: (was, record, position, { relation: word }) =>
        was === into && isMoved({ kind: 'hop', record, word }, position) ? mergeId : was,
      byline: (was, { name: word }) =>
        was === into && isMoved({ kind: 'byline', record: articleId, word }) ? mergeId : was,
      affiliation: (was, { id }) => (was === into && members.has(id) ? mergeId : was)
    }
  })
  await merges.markArticle(tx, mergeId, articleId)
  const left = moved.filter(
    ({ kind, record, word }) =>
      !back.some((one) => one.kind === kind && one.record === record && one.word === word)
  )
  await tell(
    tx,
    mergeId,
    left.map(({ kind, record, position }) => ({
      ...{ kind, id: record, articleId },
      detail:
        kind === 'hop'
          ? `The chain was changed or deleted since: hop ${position} no longer names the other source there.`
          : `The bylines were changed since: byline ${position} no longer names the other source.`
    }))
  )
}

interface Sending {
  id: string
  into: string
  moves: merges.Move[]
  places: Place[]
}

/** What was last sent of the article names the source again, where the draft does. */
async function restoreSend(tx: Writer, articleId: string, { id, into, moves, places }: Sending) {
  const keys = moves.find(({ kind }) => kind === 'send')?.keys
  if (!keys) return
  const { quotes: said, attributions } = await quotes.ofArticle(tx, articleId)
  const chains = new Map<string, string[]>(attributions.map(({ id }) => [id, [id]]))
  for (const quote of said)
    chains.set(
      quote.id,
      quote.attributions.map((chain) => chain.id)
    )
  await restoreInSend(tx, articleId, {
    ...{ from: id, to: into, keys },
    bylines: places.flatMap(({ kind, word }) => (kind === 'byline' ? [word] : [])),
    isRestored: (statementId, chain, hop) =>
      places.some(
        ({ kind, record, position }) =>
          kind === 'hop' && position === hop && record === chains.get(statementId)?.[chain]
      )
  })
}

/** How many things that stayed are told; a chain that was deleted is told by its article. */
const maxLeft = 1000

async function tell(tx: Writer, id: string, more: merges.Left[]) {
  if (more.length === 0) return
  const { left } = (await merges.byId(tx, id))!
  await merges.change(tx, id, { left: [...left, ...more].slice(0, maxLeft) })
}

/** Ends it; what is not back by now was in articles that are deleted. */
async function finish(tx: Writer, { id, into }: merges.Merge) {
  const gone = await merges.openMoves(tx, id, maxLeft)
  await tell(
    tx,
    id,
    gone.flatMap(({ kind, record, articleId }) =>
      kind === 'hop' || kind === 'byline'
        ? [{ kind, id: record, articleId, detail: 'The article was deleted since.' }]
        : []
    )
  )
  const doubts = await merges.doubtsOf(tx, id)
  await merges.dropMoves(tx, id)
  await merges.change(tx, id, { state: 'undone' })
  await returnDoubts(tx, doubts, id, into)
}
