// A quote card as SVG: text alone, without script, link or outside reference.
import { hash } from 'node:crypto'
import { element } from '../markup/xml.ts'
import { paragraphsOf, type QuoteCard, voicesOf } from './card.ts'
import { kinds, layout, margin } from './layout.ts'

const width = 480

/** Colours of light and dark pages; all text has a contrast of 7 or more (WCAG 2.2, 1.4.6). */
const style = `
svg { background: #fff; }
text { fill: #1b1b1b; font-family: system-ui, sans-serif; unicode-bidi: plaintext; }
.words { font-family: Georgia, "Times New Roman", serif; }
.note, .from { fill: #4a4a4a; }
.notice { font-weight: bold; }
.bar { fill: #6b6b6b; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181c; }
  text { fill: #ececec; }
  .note, .from { fill: #c4c4c4; }
  .bar { fill: #9a9a9a; }
}
${Object.entries(kinds)
  .map(([name, { size }]) => `.${name} { font-size: ${size}px; }`)
  .join('\n')}
`

/** What a policy knows its style by (CSP 3). */
export const svgStyleHash = `'sha256-${hash('sha256', style, 'base64')}'`

/** The card, as wide as a phone is, with its words for those who do not see it. */
export function cardSvg(card: QuoteCard): Buffer {
  const { lines, height } = layout(paragraphsOf(card), width)
  const name = `${card.newsroom}: ${card.title}`
  const said = [`“${card.words}”`, ...voicesOf(card), ...card.notices].join(' ')
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'card-name card-words'
    },
    element('title', { id: 'card-name', 'xml:lang': card.articleLanguage }, name),
    element('desc', { id: 'card-words', 'xml:lang': card.language }, said),
    element('style', {}, style),
    element('rect', { class: 'bar', width: 4, height }),
    ...lines.map(({ kind, text, y, isRightToLeft }) =>
      element(
        'text',
        {
          class: kind,
          x: isRightToLeft ? width - margin : margin,
          y,
          direction: isRightToLeft ? 'rtl' : null,
          'xml:lang': kind === 'words' ? card.language : null
        },
        text
      )
    )
  )
  return Buffer.from(`${svg.text}\n`)
}
