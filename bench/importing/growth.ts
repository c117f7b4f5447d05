// How the processor time of a page grows with its size: pages of one shape, each twice as long as the one before.
import { readPage } from '../../src/importing/proposals/page.ts'

const times = [1, 2, 4, 8]
const rounds = 3
const paragraph = (i: number) =>
  `<p>The keeper of lock ${i} said the gates of Varn would open again before the winter. “It took ${i + 2} years,” Ines Calder said. ` +
  `She paid for <a href="https://courier.example/${i}">the paint</a> herself, according to the council of Ost.</p>` +
  `<div class="teaser"><a href="https://courier.example/more/${i}">Ferry ${i} runs aground near Ost</a></div>`
const pageOf = (paragraphs: number) =>
  `<html lang="en"><title>The weir opens again</title><main><h1>The weir opens again</h1>${Array.from({ length: paragraphs }, (_, i) => paragraph(i)).join('')}</main></html>`

/** Milliseconds of processor time of each size, the best of some rounds, and each of them by that of the size before. */
export function growth(paragraphs = 100): { bytes: number; ms: number; ratio?: number }[] {
  const pages = times.map((n) => pageOf(paragraphs * n))
  const best = pages.map(() => Number.POSITIVE_INFINITY)
  // The first reading compiles the code that is measured.
  readPage(pages[0]!, 'text/html')
  for (let round = 0; round < rounds; round++)
    for (const [i, page] of pages.entries()) {
      const begin = process.cpuUsage()
      readPage(page, 'text/html')
      best[i] = Math.min(best[i]!, process.cpuUsage(begin).user / 1000)
    }
  return pages.map((page, i) => ({
    bytes: page.length,
    ms: best[i]!,
    ...(i > 0 && { ratio: best[i]! / best[i - 1]! })
  }))
}
