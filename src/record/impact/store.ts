// A page of what rests on a subject. Those that name it themselves are a range of an index, whatever their number; who
// rests on it through others is found by a walk of bounded size.
import type { Reader } from '../../storage/database.ts'
import { citing } from '../edges/store.ts'
import { type Item, isBefore, itemsOf, type Place } from './items.ts'
import { naming, type Subject, storiesOf, walk } from './walk.ts'

export interface Found {
  items: Item[]
  /** The sources and articles whose dependents were looked for. */
  looked: string[]
  cut: boolean
}

/** Up to `limit` items after this one. */
export async function itemsAfter(
  db: Reader,
  subject: Subject,
  limit: number,
  after: Place | undefined
): Promise<Found> {
  const isDirect = subject.statement === undefined && (after === undefined || after.level === 1)
  const direct = isDirect ? await directAfter(db, subject, limit, after) : []
  if (direct.length >= limit) return { items: direct, looked: [subject.id], cut: false }
  const { levels, looked, cut } = await walk(db, subject)
  const articles = new Set<string>()
  const all = levels.flatMap((reached, i) => itemsOf(i + 1, reached, subject, articles))
  const further = all.filter(
    (item) => !(isDirect && item.level === 1) && (after === undefined || isBefore(after, item))
  )
  return { items: [...direct, ...further].slice(0, limit), looked, cut }
}

/** Up to `limit` of those that name the subject themselves. */
async function directAfter(db: Reader, subject: Subject, limit: number, after: Place | undefined) {
  const items: Item[] = []
  const add = async (articleIds: string[]) => {
    const stories = await storiesOf(db, articleIds)
    const reached = [...stories.values()].flatMap((story) => naming(story, subject.id))
    for (const item of itemsOf(1, reached, subject, new Set()))
      if (after === undefined || isBefore(after, item)) items.push(item)
  }
  if (after) await add([after.articleId])
  // An article comes with one statement at least.
  if (items.length < limit)
    await add(await citing(db, subject.id, Math.ceil((limit - items.length) / 2), after?.articleId))
  return items.slice(0, limit)
}
