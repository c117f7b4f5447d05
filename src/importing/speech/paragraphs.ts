// The paragraphs of a story, as those who look for quotes see them.
import { truncate } from '../../content/body/pieces.ts'
import type { Body } from '../../content/body/schema.ts'
import { isText, textOf, textsOf } from '../../content/body/text.ts'
import type { Warn } from '../page/lines.ts'

export interface Paragraph {
  /** Its place in `textsOf(body)`. */
  block: number
  text: string
  style?: string
  listItem?: string
  /** The text right before it. */
  previous?: string
}

// The longest stories are shorter: what stands after so many characters is not searched for quotes.
const maxSearched = 200_000

/** Every paragraph of a body; headings are none. */
function candidates(body: Body): Paragraph[] {
  // A picture between two paragraphs keeps them apart.
  const afterText = new Set(body.filter((_, i) => i > 0 && isText(body[i - 1]!)))
  const texts = textsOf(body)
  return texts.flatMap((block, i) => {
    if (block.style.startsWith('h')) return []
    const previous = afterText.has(block) ? textOf(texts[i - 1]!) : undefined
    return [{ block: i, text: textOf(block), style: block.style, listItem: block.listItem, previous }]
  })
}

/** The paragraphs that are searched for quotes: what stands beyond the longest stories is not. */
export function paragraphsOf(body: Body, warn: Warn): Paragraph[] {
  const paragraphs = candidates(body)
  let length = 0
  for (const [i, { text }] of paragraphs.entries()) {
    length += text.length
    if (length <= maxSearched) continue
    const detail = 'Quotes were searched in the first 200,000 characters of the story.'
    warn({ code: 'searched-in-part', detail, words: truncate(text, 300) })
    return paragraphs.slice(0, i)
  }
  return paragraphs
}
