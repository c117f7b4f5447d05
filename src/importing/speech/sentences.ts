// Where sentences end.

/** A word whose full stop ends no sentence: "Mr.", "U.S." */
const abbreviation =
  /(?:^|[\s("“-])(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|St|Jr|Sr|No|Inc|Co|Corp|Ltd|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:\p{L}\.)*\p{Lu})$/u

/** Whether the sentence ends at this full stop, question or exclamation mark. */
function endsAt(text: string, at: number) {
  const next = text.slice(at + 1, at + 12)
  if (!/^["”’'»)\]]*(?:\s+["“„«‘'([]*[\p{Lu}\p{N}]|\s*$)/u.test(next)) return false
  return (
    text[at] !== '.' ||
    /^\s*$/.test(text.slice(at + 1, at + 3)) ||
    !abbreviation.test(text.slice(Math.max(0, at - 12), at))
  )
}

/** The place of the first sentence end at or after `from`, exclusive of the mark; the text's end when there is none. */
export function sentenceEnd(text: string, from = 0): number {
  const marks = /[.!?…]/g
  marks.lastIndex = from
  for (let found = marks.exec(text); found; found = marks.exec(text))
    if (endsAt(text, found.index)) return found.index
  return text.length
}

/** Where the last sentence of this text begins. */
export function lastSentence(text: string): number {
  for (let at = text.trimEnd().length - 2; at >= 0; at--)
    if (/[.!?…]/.test(text[at]!) && endsAt(text, at)) return at + 1
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
