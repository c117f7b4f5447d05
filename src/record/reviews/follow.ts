// What publishing changes for reviews: in its transaction for the article itself, in a new run for what rests on it.
import type { Writer } from '../../storage/database.ts'
import type { Edge } from '../edges/compile.ts'
import { citing } from '../edges/store.ts'
import { storiesOf } from '../impact/walk.ts'
import { statementsOf } from '../provenance/network.ts'
import * as causes from './causes.ts'
import { causesUnder } from './marks.ts'
import { flag, ofArticle, settle } from './store.ts'

/** A check that an editor waived, and why. */
export interface Waived {
  code: string
  reason: string
}

/** The check that refuses what rests on a cause. */
const checkOf = ({ kind }: causes.Row) => (kind === 'retraction' ? 'rests-on-retracted' : 'rests-on-doubted')

/**
 * Follows what an article rests on. `before` are the edges it had, where they changed; with `waived` checks, an editor
 * knew what it rests on: its reason is the note of the review.
 */
export async function followEdges(
  tx: Writer,
  articleId: string,
  before: Edge[] | undefined,
  waived: Waived[] = []
) {
  if (!(before || waived.length > 0) || !(await causes.isAny(tx))) return
  const story = (await storiesOf(tx, [articleId])).get(articleId)!
  const now = await causesUnder(tx, articleId, story)
  for (const cause of now)
    await flag(tx, cause, articleId, waived.find(({ code }) => code === checkOf(cause))?.reason)
  if (before === undefined) return
  const under = new Set(now.map(({ id }) => id))
  for (const row of await ofArticle(tx, articleId))
    if (row.state === 'open' && !under.has(row.causeId)) await settle(tx, row)
  if ((await citing(tx, articleId, 1)).length === 0) return
  const were = await causesUnder(tx, articleId, statementsOf(before))
  const own = (await causes.ofArticle(tx, articleId)).filter(({ endedAt }) => endedAt === null)
  const affected = new Map([...were, ...now, ...own].map((cause) => [cause.id, cause]))
  for (const cause of affected.values()) await causes.restart(tx, cause)
}
