// Stories of agencies come again in newer versions: of each story the newest of what is read stands.
import type { ArticleItem, Item } from '../item.ts'

/** A version that is a number; absent means that there is one (NewsML-G2, 2.35: version). */
export const versionOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text) : undefined

/** The newest of each story in the order in which the first of it came, and which versions were passed over. */
export function newest(items: Item[]): Item[] {
  const kept = new Map<string, ArticleItem>()
  const others: Item[] = []
  for (const item of items) {
    if (item.kind !== 'article') {
      others.push(item)
      continue
    }
    const before = kept.get(item.id)
    const isNewer = before === undefined || rank(item) >= rank(before)
    const older = isNewer ? before : item
    if (isNewer) kept.set(item.id, item)
    if (older)
      others.push({
        ...{ kind: 'loss', place: older.place, code: 'older-version' },
        reason: `Version ${older.version ?? '?'} of a story of which a newer one is here.`
      })
  }
  return [...others, ...kept.values()]
}

const rank = ({ version, updatedAt }: ArticleItem) => version ?? Date.parse(updatedAt ?? '') / 1e15

/** What an agency asks of those who take its stories, as a note for the desk. */
export function deskNote(
  told: { [what in 'embargo' | 'desk note' | 'usage' | 'urgency' | 'notice']?: string | undefined }
) {
  const lines = Object.entries(told).flatMap(([what, text]) => {
    const words = text?.trim()
    return words ? [`${what[0]!.toUpperCase()}${what.slice(1)}: ${words}`] : []
  })
  return lines.length > 0 ? { note: lines.join('\n') } : {}
}

/** The schema of NewsML-G2 allows an embargo without a time: nobody may take that for none. */
export const unclearEmbargo = 'it has one, without a time that can be read: ask the agency'

/** What its state asks for: what may not be used yet is a draft, what was withdrawn is killed. */
export function stateOf(pubStatus: string | undefined): ArticleItem['status'] {
  const state = (pubStatus ?? 'usable').toLowerCase().replace(/^.*[:/]/, '')
  return /^cancell?ed$/.test(state) ? 'killed' : 'draft'
}
