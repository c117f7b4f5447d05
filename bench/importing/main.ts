// npm run bench:importing: how much of invented pages and texts is read rightly, as numbers that a change is held against;
// -- --labels FILE counts the same for what the editors of a newsroom decided (npm run labels). --misses prints what was not,
// --growth how the processor time of a page grows with its size.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { growth } from './growth.ts'
import { pages } from './pages.ts'
import { type Count, type Label, Scores, scoreLabel, scorePage, scoreText } from './scoring.ts'
import { texts } from './texts.ts'

const { values } = parseArgs({
  options: { labels: { type: 'string' }, misses: { type: 'boolean' }, growth: { type: 'boolean' } }
})
const scores = new Scores()
const begin = process.cpuUsage()
let read = pages.length + texts.length
if (values.labels === undefined) {
  for (const page of pages) scorePage(scores, page)
  for (const text of texts) scoreText(scores, text)
} else {
  const lines = readFileSync(values.labels, 'utf8').split('\n').filter(Boolean)
  for (const line of lines) {
    const label: Label = JSON.parse(line)
    scoreLabel(scores, label)
  }
  read = lines.length
}
const { user } = process.cpuUsage(begin)

const percent = ({ right, wanted }: Count) => `${((100 * right) / Math.max(1, wanted)).toFixed(0)} %`
for (const [what, count] of [...scores.counts].filter(([, { wanted, surplus }]) => wanted + surplus > 0)) {
  const { right, wanted, surplus } = count
  const more = surplus > 0 ? `, ${surplus} that are none` : ''
  process.stdout.write(`${what.padEnd(44)} ${percent(count).padStart(6)}   ${right} of ${wanted}${more}\n`)
}
process.stdout.write(`${read} pages and texts, ${Math.round(user / 1000)} ms of processor time\n`)
if (values.misses) for (const miss of scores.misses) process.stdout.write(`${JSON.stringify(miss)}\n`)
if (values.growth)
  for (const { bytes, ms, ratio } of growth())
    process.stdout.write(
      `a page of ${Math.round(bytes / 1000)} kB: ${ms.toFixed(0)} ms of processor time${ratio === undefined ? '' : `, ${ratio.toFixed(2)} times that of half the size`}\n`
    )
