// The spans of a block as a stream of text between marks that open and close, properly nested.
import { decorators, type MarkDef, type TextBlock } from '../schema.ts'

/** A decorator, or an annotation with its definition. There is one object for each mark of a block. */
export type Mark = { type: (typeof decorators)[number] } | { type: MarkDef['_type']; def: MarkDef }

export type Token = { text: string } | { open: Mark } | { close: Mark }

/** Neighbouring spans with the same marks. */
interface Run {
  text: string
  marks: Mark[]
  /** For each mark, the number of the first run after this one that does not have it. */
  ends: Map<Mark, number>
}

/**
 * The block as a stream of tokens. Marks that overlap are cut where they must be, but never a link: two links are
 * something else than one. `select` says which of the marks of a span are written.
 */
export function tokensOf(block: TextBlock, select: (marks: Mark[]) => Mark[]): Token[] {
  const runs = runsOf(block, select)
  const tokens: Token[] = []
  const open: Mark[] = []
  const close = (from: number) => {
    while (open.length > from) tokens.push({ close: open.pop()! })
  }
  for (const run of runs) {
    close(reopenedFrom(open, run))
    const opened = run.marks.filter((mark) => !open.includes(mark)).sort(outermostFirst(run))
    for (const mark of opened) tokens.push({ open: mark })
    open.push(...opened)
    tokens.push({ text: run.text })
  }
  close(0)
  return tokens
}

const decorations = decorators.map((type): [string, Mark] => [type, { type }])

function runsOf({ children, markDefs }: TextBlock, select: (marks: Mark[]) => Mark[]): Run[] {
  const known = new Map(decorations)
  for (const def of markDefs) known.set(def._key, { type: def._type, def })
  const runs: Run[] = []
  for (const { text, marks } of children) {
    if (text === '') continue
    const selected = select([...new Set(marks)].map((mark) => known.get(mark)!))
    const last = runs.at(-1)
    if (last && isSame(last.marks, selected)) last.text += text
    else runs.push({ text, marks: selected, ends: new Map() })
  }
  for (let i = runs.length - 1; i >= 0; i--) {
    const { marks, ends } = runs[i]!
    for (const mark of marks) ends.set(mark, runs[i + 1]?.ends.get(mark) ?? i + 1)
  }
  return runs
}

const isSame = (one: Mark[], other: Mark[]) =>
  one.length === other.length && one.every((mark) => other.includes(mark))

/** From which of the open marks on they are closed before this run. Those that it has are opened again. */
function reopenedFrom(open: Mark[], { marks, ends }: Run): number {
  const fresh = marks.filter((mark) => !open.includes(mark))
  const link = fresh.find(({ type }) => type === 'link')
  const end = link ? ends.get(link)! : 0
  const from = open.findIndex(
    (mark) => !(ends.get(mark)! >= end) || (mark.type === 'code' && fresh.length > 0)
  )
  return from < 0 ? open.length : from
}

const isCode = ({ type }: Mark) => Number(type === 'code')
const isLink = ({ type }: Mark) => Number(type === 'link')

/** What lasts longest is outside; a link around what is as long; code within all: it is read as words (CommonMark, 6.1). */
const outermostFirst =
  ({ ends }: Run) =>
  (one: Mark, other: Mark) =>
    isCode(one) - isCode(other) || ends.get(other)! - ends.get(one)! || isLink(other) - isLink(one)
