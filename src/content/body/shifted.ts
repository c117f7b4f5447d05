// Raised and lowered words where no marks can say so: ten to the sixth is not 106.
import type { Span, TextBlock } from './schema.ts'

type Shift = 'sup' | 'sub'

/** The signs of numbers, as they are, raised and lowered. */
const signs = [...'0123456789+=()-−']
const shifted: Record<Shift, string[]> = { sup: [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁼⁽⁾⁻⁻'], sub: [...'₀₁₂₃₄₅₆₇₈₉₊₌₍₎₋₋'] }

const mapOf = (from: string[], to: string[]) => new Map(from.map((sign, i) => [sign, to[i]!]))
const shifts = { sup: mapOf(signs, shifted.sup), sub: mapOf(signs, shifted.sub) }
const bases = new Map([...mapOf(shifted.sup, signs), ...mapOf(shifted.sub, signs)])
const anyShifted = new RegExp(`[${[...bases.keys()].join('')}]`, 'gu')

/** The text with signs that Unicode has raised or lowered as they are on the line. */
export const onLine = (text: string) => text.replace(anyShifted, (sign) => bases.get(sign)!)

const shiftOf = ({ marks }: Span): Shift | undefined => {
  if (marks.includes('sup')) return 'sup'
  return marks.includes('sub') ? 'sub' : undefined
}

/** A span as it is read without its marks. */
export function writtenSpan(span: Span): string {
  const shift = shiftOf(span)
  return shift ? shiftedText(span.text, shift) : span.text
}

/** Numbers as Unicode writes them, or after ^ and _; letters alone (5th, a trade mark) as they are. */
function shiftedText(text: string, shift: Shift): string {
  if (/^[\d+=()\-−]*$/.test(text)) return [...text].map((sign) => shifts[shift].get(sign)!).join('')
  return /^[\p{L}\p{N}]/u.test(text) && /\p{N}/u.test(text) ? `${shift === 'sup' ? '^' : '_'}(${text})` : text
}

/** The words of a block as they are read without marks. What is raised in several spans is raised as one. */
export function writtenOf({ children }: TextBlock): string {
  if (!children.some(shiftOf)) return children.map(({ text }) => text).join('')
  const runs: Span[] = []
  for (const span of children) {
    const last = runs.at(-1)
    if (last && shiftOf(last) === shiftOf(span))
      runs[runs.length - 1] = { ...last, text: last.text + span.text }
    else runs.push(span)
  }
  return runs.map(writtenSpan).join('')
}
