// One client that imports 130 saved pages in a row, as a newsroom does that moves in.
import { each } from './worst-many.ts'
import type { Case } from './worst-stories.ts'

/** A saved page of 250 kB, as large as many are: a story of 9,000 words with 60 quotes among scripts and links. */
function savedPage(number: number) {
  const links = each(900).map((i) => `<li><a href="/town/${i}">Towns along the canal, number ${i}</a></li>`)
  const paragraphs = each(60).map(
    (i) =>
      `<p>${'About forty boats wait above the lock until the evening. '.repeat(15)}</p>
      <p>"The gates of lock ${i} open on day ${number}," said Mara Lindqvist, the keeper.</p>`
  )
  return `<!doctype html><html lang="en"><head><title>The weir opens, ${number}</title>
    <script>${'window.count = 1; '.repeat(4000)}</script></head>
    <body><nav><ul>${links.join('')}</ul></nav>
    <article><h1>The weir opens, ${number}</h1>${paragraphs.join('\n')}</article></body></html>`
}

export const imports: Case[] = [
  {
    title: 'import of 130 pages of 250 kB in a row',
    async act(send) {
      const answers: { status: number }[] = []
      for (const i of each(130)) answers.push(await send('POST', '/v1/imports', savedPage(i), 'text/html'))
      // One that is refused is what the row tells.
      return answers.find(({ status }) => status !== 201) ?? answers[0]!
    }
  }
]
