// Stories that their agency withdrew (a kill notice): nobody may use them any more.
import * as articles from '../../../content/articles/store.ts'
import type { Writer } from '../../../storage/database.ts'
import { shortened } from '../../proposals/shorten.ts'
import { type Loss, lossOf } from '../item.ts'
import type { ArticleHead } from '../prepare.ts'
import * as store from './store.ts'

/** Tells the desk that a story may no longer be used. What is published stays so until an editor decides. */
export async function kill(
  tx: Writer,
  item: ArticleHead,
  system: string
): Promise<{ outcome: 'left' | 'unchanged' | 'changed'; losses: Loss[] }> {
  const known = await store.imported(tx, { system, kind: 'article', externalId: item.id })
  if (known === undefined)
    return { outcome: 'left', losses: [lossOf(item, 'killed', 'Its agency withdrew it: it was not taken.')] }
  const row = await articles.byIdOrSlug(tx, known.recordId)
  if (row === undefined)
    return {
      outcome: 'left',
      losses: [lossOf(item, 'killed', 'Its agency withdrew it; here it is deleted.')]
    }
  const reason = `Its agency withdrew it: nobody may use it. Decide on the article ${row.id} here.`
  const losses = [lossOf(item, 'killed', reason)]
  const { internalNotes } = row
  // The lines of the note that came with the story, without those that stand there already.
  const newLines = (item.note ?? '').split('\n').filter((line) => !internalNotes?.split('\n').includes(line))
  const notice = ['WITHDRAWN BY ITS AGENCY: nobody may use this story.', ...newLines].join(' ').trim()
  if (internalNotes?.includes(notice)) return { outcome: 'unchanged', losses }
  const notes = shortened(
    [notice, ...(internalNotes ? [internalNotes] : [])].join('\n\n'),
    10_000,
    `What the desk has noted on the article ${row.id}`,
    ({ code, detail, words }) => losses.push({ ...lossOf(item, code, detail), words })
  )
  await articles.change(
    tx,
    row.id,
    '*',
    (now) => ({ ...now, internalNotes: notes }),
    async (body) => body
  )
  return { outcome: 'changed', losses }
}
