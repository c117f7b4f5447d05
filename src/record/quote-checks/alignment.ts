// Aligning a quotation with words on record, word by word: which of them are the same, and which are not.
import { isDots, type Word } from './words.ts'

/** What became of a word: it is in both, only in the quotation, or only on record. */
export type Step = { kind: 'same' | 'added' | 'removed'; word: Word }

export interface Alignment {
  /** In the order of the quotation; of the record only what stands between its first and last word in common. */
  steps: Step[]
  /** How many words are the same, and how many are changed: one for one counts once. */
  same: number
  changed: number
  /** How much the same words tell, in bits; what is left of a word that has another ending counts too. */
  bits: number
}

/** What a word tells, in bits. */
export type Weight = (word: Word) => number

/** What a changed word costs, and what another ending costs of the bits of a word. */
const penalty = 2
const endingPenalty = 4

/** The ways into a cell: both words (the same or not), one of the quotation, one of the record, the start. */
const ways = { start: 0, both: 1, added: 2, removed: 3, omitted: 4 }

/**
 * The best alignment of all words of a quotation with a part of those on record (Needleman and Wunsch, with free ends of
 * the record). Dots of the quotation stand for any words of the record.
 */
export function align(quotation: Word[], record: Word[], weightOf: Weight): Alignment {
  const width = record.length + 1
  const number = numbering()
  const ours = Int32Array.from(quotation, ({ text }) => number(text))
  const theirs = Int32Array.from(record, ({ text }) => number(text))
  const stemNumber = numbering()
  const stems = Int32Array.from(record, (word) => stemNumber(stemOf(word)))
  const cameBy = new Uint8Array((quotation.length + 1) * width)
  let above = new Float64Array(width)
  let row = new Float64Array(width)
  for (const [i, word] of quotation.entries()) {
    const omits = isDots(word)
    const gain = omits ? 0.5 : weightOf(word)
    const stem = stemNumber(stemOf(word))
    const nearGain = gain - endingPenalty - penalty
    const alone = omits ? 0 : penalty
    const at = (i + 1) * width
    row[0] = above[0]! - alone
    cameBy[at] = ways.added
    for (let j = 1; j < width; j++) {
      const isSame = theirs[j - 1] === ours[i]
      const isNear = !isSame && stems[j - 1] === stem && hasOtherEnding(word, record[j - 1]!)
      let best = above[j - 1]! + (isSame ? gain : isNear ? Math.max(nearGain, -penalty) : -penalty)
      let way = ways.both
      if (above[j]! - alone > best) {
        best = above[j]! - alone
        way = ways.added
      }
      // At the end of the quotation the rest of the record is left out.
      const skip = omits ? 0 : penalty
      if (row[j - 1]! - skip > best) {
        best = row[j - 1]! - skip
        way = omits ? ways.omitted : ways.removed
      }
      row[j] = best
      cameBy[at + j] = way
    }
    ;[above, row] = [row, above]
  }
  return traced(quotation, record, { cameBy, end: highest(above), weightOf })
}

/** The same number for the same word: numbers are compared faster than texts. */
function numbering() {
  const numbers = new Map<string, number>()
  return (text: string) => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
}

/** A stem has four letters at least, and an ending three at most: sail and sailing. */
const minStem = 4
const maxEnding = 3

const stemOf = ({ key }: Word) => key.slice(0, minStem)

/** Whether two words are one with different endings, or with brackets and without. */
function hasOtherEnding({ key: one }: Word, { key: other }: Word): boolean {
  const most = Math.min(one.length, other.length)
  const least = Math.max(minStem, Math.max(one.length, other.length) - maxEnding)
  if (most < minStem || least > most) return one === other
  return one.slice(0, least) === other.slice(0, least)
}

/** The first of the highest. */
function highest(row: Float64Array): number {
  let best = 0
  for (let j = 1; j < row.length; j++) if (row[j]! > row[best]!) best = j
  return best
}

function traced(
  quotation: Word[],
  record: Word[],
  { cameBy, end, weightOf }: { cameBy: Uint8Array; end: number; weightOf: Weight }
): Alignment {
  const steps: Step[] = []
  let [i, j] = [quotation.length, end]
  let near = 0
  while (i > 0) {
    const way = cameBy[i * (record.length + 1) + j]
    if (way === ways.omitted) j--
    else if (way === ways.removed) steps.push({ kind: 'removed', word: record[--j]! })
    else if (way === ways.added) {
      const word = quotation[--i]!
      steps.push({ kind: isDots(word) ? 'same' : 'added', word })
    } else {
      const [word, other] = [quotation[--i]!, record[--j]!]
      if (word.text === other.text || isDots(word)) steps.push({ kind: 'same', word })
      else {
        if (hasOtherEnding(word, other)) near += Math.max(0, weightOf(word) - endingPenalty)
        steps.push({ kind: 'added', word }, { kind: 'removed', word: other })
      }
    }
  }
  return measured(grouped(steps.reverse()), near, weightOf)
}

/** What is removed goes before what is added, in each run of changes. */
function grouped(steps: Step[]): Step[] {
  const sorted: Step[] = []
  for (let at = 0; at < steps.length; ) {
    let end = at
    while (end < steps.length && steps[end]!.kind !== 'same') end++
    const run = steps.slice(at, end)
    sorted.push(
      ...run.filter(({ kind }) => kind === 'removed'),
      ...run.filter(({ kind }) => kind === 'added')
    )
    if (end < steps.length) sorted.push(steps[end]!)
    at = end + 1
  }
  return sorted
}

function measured(steps: Step[], near: number, weightOf: Weight): Alignment {
  let [same, changed, bits] = [0, 0, near]
  let [added, removed] = [0, 0]
  for (const { kind, word } of steps) {
    if (kind === 'added') added++
    else if (kind === 'removed') removed++
    else {
      changed += Math.max(added, removed)
      added = 0
      removed = 0
      if (isDots(word)) continue
      same++
      bits += weightOf(word)
    }
  }
  changed += Math.max(added, removed)
  return { steps, same, changed, bits }
}
