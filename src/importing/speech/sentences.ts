// Where sentences end.

/** A word whose full stop ends no sentence: "Mr.", "U.S." */
const abbreviation =
  /(?:^|[\s("“-])(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|St|Jr|Sr|No|Inc|Co|Corp|Ltd|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:\p{L}\.)*\p{Lu})$/u

const isSmall = (code: number) => code > 96 && code < 123
const isCapitalOrDigit = (code: number) => (code > 64 && code < 91) || (code > 47 && code < 58)

/** Whether four small letters stand before this place, which no abbreviation has. */
const isPlainWord = (text: string, at: number) =>
  isSmall(text.charCodeAt(at - 1)) &&
  isSmall(text.charCodeAt(at - 2)) &&
  isSmall(text.charCodeAt(at - 3)) &&
  isSmall(text.charCodeAt(at - 4))

/** Whether a sentence may begin behind this mark. Nearly always the next two characters tell, without a pattern. */
function mayBeginBehind(text: string, at: number) {
  const first = text.charCodeAt(at + 1)
  const isBlank = first === 32
  const code = isBlank ? text.charCodeAt(at + 2) : first
  if (isSmall(code)) return false
  if (isCapitalOrDigit(code)) return isBlank
  return /^["”’'»)\]]*(?:\s+["“„«‘'([]*[\p{Lu}\p{N}]|\s*$)/u.test(text.slice(at + 1, at + 12))
}

/** Whether the sentence ends at this full stop, question or exclamation mark. */
function endsAt(text: string, at: number) {
  if (!mayBeginBehind(text, at)) return false
  return (
    text[at] !== '.' ||
    isPlainWord(text, at) ||
    /^\s*$/.test(text.slice(at + 1, at + 3)) ||
    !abbreviation.test(text.slice(Math.max(0, at - 12), at))
  )
}

/** The place of the first sentence end at or after `from`, exclusive of the mark; the text's end when there is none. */
export function sentenceEnd(text: string, from = 0): number {
  const marks = /[.!?…]/g
  marks.lastIndex = from
  while (marks.test(text)) {
    const at = marks.lastIndex - 1
    if (endsAt(text, at)) return at
  }
  return text.length
}

/** Where the last sentence of this text begins. */
export function lastSentence(text: string): number {
  for (let at = text.trimEnd().length - 2; at >= 0; at--)
    if ('.!?…'.includes(text[at]!) && endsAt(text, at)) return at + 1
  return 0
}

/** Every sentence, as places in the text; the full stop is left out. */
export function sentences(text: string) {
  const found: { start: number; end: number }[] = []
  for (let start = 0; start < text.length; ) {
    while (start < text.length && /[\s"”’'»)\]]/.test(text[start]!)) start++
    const end = sentenceEnd(text, start)
    if (end > start) found.push({ start, end })
    start = end + 1
  }
  return found
}
