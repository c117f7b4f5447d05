// Statistical disclosure control of a table of frequencies (Hundepool et al., Statistical Disclosure Control, Wiley 2012,
// chapters 4.2 and 5): a threshold, dominance, complementary suppression, and rounding.
import type { PrivateGroup } from './schema.ts'

/** What was counted of one value. */
export interface Cell {
  value: string | null
  /** How many persons. */
  sources: number
  quotes: number
  /** How many of the quotes are of one person at most. */
  largest: number
}

/** Fewer persons than these are not told of. */
const threshold = 10
/** Counts are told to the nearest multiple of this. */
const base = 5

const round = (count: number) => base * Math.round(count / base)

/** Whether a cell tells of somebody: too few persons, or one who says more than half of it. */
const isSensitive = ({ sources, quotes, largest }: Cell) => sources < threshold || 2 * largest > quotes

/**
 * The cells as they may be told. The sum of all is known from other reports, so that a single suppressed cell could be
 * had by subtraction: with it others are suppressed, the smallest first, until two are and they hold enough persons.
 */
export function protect(cells: Cell[]): PrivateGroup[] {
  const hidden = new Set(cells.filter(isSensitive))
  const rest = cells.filter((cell) => !hidden.has(cell)).sort((one, other) => one.sources - other.sources)
  const hiddenSources = () => [...hidden].reduce((sum, { sources }) => sum + sources, 0)
  const holding = () => [...hidden].filter(({ sources }) => sources > 0).length
  while (holding() > 0 && rest.length > 0 && (holding() < 2 || hiddenSources() < threshold))
    hidden.add(rest.shift()!)
  return cells.map((cell) =>
    hidden.has(cell)
      ? { value: cell.value, sources: null, quotes: null }
      : { value: cell.value, sources: round(cell.sources), quotes: round(cell.quotes) }
  )
}
