// The worst requests about what rests on what, and in the forms of others.
import { blocks } from './worst.ts'
import { each, quoted, quotedText } from './worst-many.ts'
import { type Case, published } from './worst-stories.ts'

const provenance = (form: string): Case => ({
  title: `provenance of 500 quotes as ${form}`,
  prepare: (send) => published(send, quotedText(form), quoted(form)),
  act: (send, path) => send('GET', `${path}/provenance?as=${form}`)
})

export const recordAndFormats: Case[] = [
  ...['svg', 'dot', 'jsonld'].map(provenance),
  {
    title: 'check of 50 quotations against 500 quotes',
    prepare: (send) => published(send, quotedText('Checked'), quoted('Checked')),
    act: (send) =>
      send('POST', '/v1/quote-checks', {
        quotations: each(50).map((i) => ({ words: `Checked number ${i} is what was said there` }))
      })
  },
  {
    title: 'check of 20 kB of text',
    act: (send) =>
      send('POST', '/v1/quote-checks', {
        text: each(49)
          .map((i) => `"Checked number ${i} is what was said, ${'and so on '.repeat(30)}," she told us.`)
          .join('\n\n')
      })
  },
  {
    title: 'JSON-LD of 1.7 MB',
    prepare: (send) => published(send, blocks),
    act: (send, path) => send('GET', `${path}/jsonld`)
  }
]
