// Bodies of Ghost's former editor (mobiledoc 0.3), where an export has no HTML of them.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { isFields } from '../whole.ts'
import { cardHtml, type Lose } from './cards.ts'

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const sectionTags = /^(?:p|h[1-6]|blockquote|aside|pull-quote)$/
const markTags = /^(?:a|b|code|em|i|s|strong|sub|sup|u|del|mark)$/

/** The HTML of a body; undefined for what is no mobiledoc. */
export function fromMobiledoc(json: string, lose: Lose): string | undefined {
  try {
    const document: unknown = JSON.parse(json)
    return isFields(document) && Array.isArray(document.sections) ? documentHtml(document, lose) : undefined
  } catch {
    return undefined
  }
}

function documentHtml(document: Record<string, unknown>, lose: Lose): string {
  const [markups, atoms, cards] = [document.markups, document.atoms, document.cards].map(list)
  const markers = (all: unknown) => list(all).map(inline(markups!, atoms!)).join('')
  return list(document.sections)
    .map((section) => {
      const [kind, first, second] = list(section)
      switch (kind) {
        case 1: {
          const tag = sectionTags.test(String(first))
            ? String(first).replace(/^(?:aside|pull-quote)$/, 'blockquote')
            : 'p'
          return `<${tag}>${markers(second)}</${tag}>`
        }
        case 2:
          return `<figure><img src="${escapeMarkup(String(first))}"></figure>`
        case 3: {
          const tag = first === 'ol' ? 'ol' : 'ul'
          return `<${tag}>${list(second)
            .map((item) => `<li>${markers(item)}</li>`)
            .join('')}</${tag}>`
        }
        case 10: {
          const [name, payload] = list(cards![Number(first)])
          return cardHtml(String(name), isFields(payload) ? payload : {}, lose)
        }
      }
      lose(
        'section-unknown',
        `A section of the kind ${String(kind).slice(0, 50)} is not known: it is missing.`
      )
      return ''
    })
    .join('')
}

/** A piece of text: [kind, the markups that begin, how many end, text or atom]. */
function inline(markups: unknown[], atoms: unknown[]) {
  const open: string[] = []
  return (marker: unknown): string => {
    const [kind, begin, ends, value] = list(marker)
    let html = ''
    for (const index of list(begin)) {
      const [tag, attributes] = list(markups[Number(index)])
      const name = markTags.test(String(tag)) ? String(tag) : 'span'
      const [key, address] = list(attributes)
      open.push(name)
      html += name === 'a' && key === 'href' ? `<a href="${escapeMarkup(String(address))}">` : `<${name}>`
    }
    const [atom, words] = kind === 1 ? list(atoms[Number(value)]) : ['', value]
    html += atom === 'soft-return' ? '<br>' : typeof words === 'string' ? escapeMarkup(words) : ''
    for (let i = 0; i < Number(ends); i++) {
      const name = open.pop()
      if (name) html += `</${name}>`
    }
    return html
  }
}
