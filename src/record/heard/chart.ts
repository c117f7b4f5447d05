// The months of a report as a chart: SVG without script, link or outside reference.

import { withCount } from '../../storage/text/with-count.ts'
import type { HeardMonth, SourceReport } from './schema.ts'

/** Colours for light and dark pages, with a contrast of at least 3 to what is beside them (WCAG 2.2, 1.4.11). */
const style = `
svg { background: #fff; font: 12px system-ui, sans-serif; }
text { fill: #1b1b1b; }
.named { fill: #1f5fa8; }
.unnamed { fill: #b45309; }
.axis { stroke: #6b6b6b; }
@media (prefers-color-scheme: dark) {
  svg { background: #16181c; }
  text { fill: #ececec; }
  .named { fill: #6ea8e8; }
  .unnamed { fill: #f0a75a; }
  .axis { stroke: #9a9a9a; }
}`

const size = { width: 640, height: 260, left: 44, bottom: 44, top: 40 }
/** More months are not drawn: the latest are. */
const maxMonths = 60

const round = (n: number) => Math.round(n * 10) / 10

/** The quotes of each month as a bar: of whom they name, and above of whom they do not. */
export function chart({ months: all, totals }: SourceReport): string {
  const months = all.slice(-maxMonths)
  const largest = Math.max(1, ...months.map(({ quotes }) => quotes))
  const room = size.height - size.top - size.bottom
  const step = (size.width - size.left - 8) / Math.max(1, months.length)
  const base = size.height - size.bottom
  const heightOf = (quotes: number) => (quotes / largest) * room
  const bar = ({ month, quotes, named }: HeardMonth, i: number) => {
    const x = size.left + i * step
    const rect = (name: string, from: number, count: number) =>
      `<rect class="${name}" x="${round(x + step * 0.15)}" y="${round(base - heightOf(from + count))}" width="${round(step * 0.7)}" height="${round(heightOf(count))}"/>`
    const isLabelled = months.length <= 12 || i % 6 === 0
    return [
      '<g>',
      `<title>${month}: ${withCount(quotes, 'quote')}, ${quotes - named} of sources that are not named</title>`,
      rect('named', 0, named),
      rect('unnamed', named, quotes - named),
      ...(isLabelled
        ? [`<text text-anchor="middle" x="${round(x + step / 2)}" y="${base + 16}">${month}</text>`]
        : []),
      '</g>'
    ].join('')
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title description">`,
    '<title id="title">Who is heard, month by month</title>',
    `<desc id="description">${sentencesOf(months, totals)}</desc>`,
    `<style>${style}</style>`,
    '<rect class="named" x="44" y="12" width="12" height="12"/><text x="62" y="22">Quotes of named sources</text>',
    '<rect class="unnamed" x="244" y="12" width="12" height="12"/><text x="262" y="22">not named</text>',
    `<text text-anchor="end" x="${size.left - 6}" y="${size.top + 4}">${largest}</text>`,
    `<text text-anchor="end" x="${size.left - 6}" y="${base}">0</text>`,
    `<path class="axis" d="M${size.left} ${base}H${size.width - 8}"/>`,
    ...months.map(bar),
    '</svg>',
    ''
  ].join('\n')
}

/** The chart for those who do not see it. */
const sentencesOf = (months: HeardMonth[], { quotes, named, sources }: SourceReport['totals']) =>
  [
    `${withCount(quotes, 'quote')} of ${withCount(sources, 'source')}, ${named} of them named.`,
    ...months.map((one) => `${one.month}: ${one.quotes}, named ${one.named}.`)
  ].join(' ')
