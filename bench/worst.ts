// The worst requests that are accepted, at the largest sizes: what bench/turns.ts sends.

import { seeded, shuffled } from './random.ts'
import { sentence } from './vocabulary.ts'
import { type Case, made, published, type Send, story } from './worst-stories.ts'

/** Han, in paragraphs that say the same. */
const chinese = {
  text: `${'董事会同意今年冬天保留夜间渡轮，因为夜班工人依靠它回家。'.repeat(100)}\n\n`.repeat(100)
}

const post = (title: string, body: unknown, more?: object): Case => ({
  title,
  act: (send) => send('POST', '/v1/articles', story(body, more))
})

const page = (title: string, content: string, type: string): Case => ({
  title,
  act: (send) => send('POST', '/v1/imports', content, type)
})

/** An article of 1.7 MB. */
const large = {
  text: Array.from({ length: 4900 }, (_, i) => `${i} ${'A word or two. '.repeat(23)}`).join('\n\n')
}
const span = (i: number) => ({
  _type: 'span',
  text: `Some words, number ${i}. `,
  marks: i % 2 ? ['strong'] : []
})
export const blocks = Array.from({ length: 4000 }, () => ({
  _type: 'block',
  children: [1, 2, 3, 4, 5].map(span)
}))
/** Paragraphs of running text with 20,000 words, of so many characters. */
function novel(length: number): string {
  const random = seeded(5)
  let text = ''
  while (text.length < length) text += `${[1, 2, 3, 4].map(() => sentence(random, 18)).join(' ')}\n\n`
  return text.slice(0, length)
}
const long = { text: novel(999_000) }
const greek = 'Το πλοίο συνεχίζει να ταξιδεύει κάθε νύχτα. '

const bodies: Case[] = [
  post('Markdown: bare addresses, 160 kB', { markdown: 'http://a.b '.repeat(14_500) }),
  post('Markdown: 5,700 links, 97 kB', { markdown: '[a](http://b.c/) '.repeat(5700) }),
  post('Markdown: paragraphs, 0.9 MB', { markdown: large.text.slice(0, 900_000) }),
  post('Markdown: emphasis without end, 0.9 MB', { markdown: '*a _b '.repeat(150_000) }),
  post('Markdown: brackets, 0.9 MB', { markdown: '['.repeat(900_000) }),
  post('HTML: marked paragraphs, 0.9 MB', { html: '<p>The <b>board</b> <i>agreed</i>.</p>'.repeat(24_000) }),
  post('HTML: paragraphs, 0.9 MB', {
    html: '<p>The board agreed to keep the ferry on its way through the night, for all of us.</p>'
      .repeat(4900)
      .slice(0, 900_000)
  }),
  post('HTML: 260,000 references', { html: `<p>${'&amp;'.repeat(180_000)}</p>` }),
  post('HTML: an attribute of 400 kB', { html: `<p class="${'a'.repeat(400_000)}">Words.</p>` }),
  post('HTML: nothing but <, 0.9 MB', { html: '<'.repeat(900_000) }),
  post('text: 4,900 paragraphs, 1 MB', { text: large.text.slice(0, 999_000) }),
  post(
    'text: a letter, 200 kB, and a quote of 10,000',
    { text: 'a'.repeat(200_000) },
    { quotes: [{ text: 'a'.repeat(10_000) }] }
  ),
  post(
    'text: words of a letter, 400 kB, and 40 quotes',
    { text: 'a b '.repeat(100_000) },
    { quotes: Array.from({ length: 40 }, () => ({ text: 'a b '.repeat(500).trim() })) }
  ),
  post('JSON: a body of 100,000 zeros', Array(100_000).fill(0)),
  post(
    'JSON: 300,000 unknown keys',
    Object.fromEntries(Array.from({ length: 150_000 }, (_, i) => [`k${i}`, 0]))
  ),
  post(
    'JSON: 90,000 keys of their own',
    Array.from({ length: 9 }, (_, j) => Array.from({ length: 9999 }, (_, i) => ({ [`k${j}-${i}`]: 0 })))
  ),
  post(
    'JSON: 900,000 zeros in lists',
    Array.from({ length: 95 }, () => ({ _type: 'block', children: Array(9999).fill(0) }))
  ),
  post(
    'JSON: 200,000 empty objects',
    Array.from({ length: 20 }, () => Array(9990).fill({}))
  ),
  post('text: running text, 1 MB', long),
  post('text: Greek, 0.8 MB', { text: greek.repeat(10_000) }),
  post('text: Chinese, 0.8 MB', chinese),
  post('Portable Text: 20,000 spans, 1.7 MB', blocks)
]

const desk: Case[] = [
  {
    title: 'PATCH of a title, 1.7 MB',
    prepare: (send) => made(send, blocks),
    act: (send, path) => send('PATCH', path!, { title: 'Later ferry' })
  },
  {
    title: 'PATCH of a body, 1.7 MB',
    prepare: (send) => made(send, blocks),
    act: (send, path) => send('PATCH', path!, { body: blocks })
  },
  {
    title: 'two PATCHes at once after 12 changes, 1 MB',
    async prepare(send) {
      const path = await made(send, { text: large.text.slice(0, 999_000) })
      for (let i = 0; i < 12; i++) await send('PATCH', path, { title: `Later ferry ${i}` })
      return path
    },
    act: async (send, path) =>
      (await Promise.all([1, 2].map((i) => send('PATCH', path!, { title: `Last ferry ${i}` }))))[0]!
  },
  {
    title: 'restore of a revision, 1.7 MB',
    async prepare(send) {
      const path = await made(send, blocks)
      await send('PATCH', path, { body: { text: 'Words.' } })
      return path
    },
    act: (send, path) => send('POST', `${path}/revisions/1/restore`, {})
  },
  {
    title: 'duplicate, 1.7 MB',
    prepare: (send) => made(send, blocks),
    act: (send, path) => send('POST', `${path}/duplicate`, {})
  },
  {
    title: 'quote added to running text, 1 MB',
    prepare: (send) => made(send, { text: `${long.text.slice(0, 900_000)}\n\n"It is so," she said.` }),
    act: (send, path) => send('POST', `${path}/quotes`, { text: 'It is so' })
  },
  {
    title: 'publish running text, 1 MB',
    prepare: (send) => made(send, long),
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'publish Greek, 0.8 MB',
    prepare: (send) => made(send, { text: greek.repeat(10_000) }, { language: 'el' }),
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'publish Chinese, 0.8 MB',
    prepare: (send) => made(send, chinese, { language: 'zh' }),
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'batch of one article, 1.7 MB',
    act: (send) =>
      send('POST', '/v1/batch', {
        operations: [{ method: 'POST', path: '/v1/articles', body: story(blocks) }]
      })
  },
  {
    title: 'batch of 5 PATCHes of 1.7 MB',
    prepare: (send) => made(send, blocks),
    act: (send, path) =>
      send('POST', '/v1/batch', {
        operations: Array.from({ length: 5 }, (_, i) => ({
          method: 'PATCH',
          path,
          ifMatch: '*',
          body: { title: `Later ferry ${i}` }
        }))
      })
  },
  {
    title: 'comment of 10,000 characters',
    prepare: (send) => published(send, { text: 'Words.' }),
    act: (send, path) => send('POST', `${path}/comments`, { author: { name: 'Ines' }, body: novel(10_000) })
  },
  {
    title: 'draft as Markdown, 1 MB',
    prepare: (send) => made(send, { text: large.text.slice(0, 999_000) }),
    act: (send, path) => send('GET', `${path}?edition=draft&body=markdown`)
  },
  {
    title: 'difference of two editions, 1 MB',
    async prepare(send) {
      const path = await published(send, { text: large.text.slice(0, 999_000) })
      await send('PATCH', path, {
        body: { text: large.text.replaceAll('word', 'term').slice(0, 999_000) }
      })
      await send('POST', `${path}/publish`, {})
      return path
    },
    act: (send, path) => send('GET', `${path}/editions/2/diff`)
  },
  {
    title: 'publish, 1 MB',
    prepare: (send) => made(send, { text: large.text.slice(0, 999_000) }),
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'batch of 40 Markdown bodies, 0.9 MB',
    act: (send) =>
      send('POST', '/v1/batch', {
        operations: Array.from({ length: 40 }, () => ({
          method: 'POST',
          path: '/v1/articles',
          body: story({ markdown: large.text.slice(0, 22_000) })
        }))
      })
  },
  {
    title: 'batch of 100 HTML bodies, 1 MB',
    act: (send) =>
      send('POST', '/v1/batch', {
        operations: Array.from({ length: 100 }, () => ({
          method: 'POST',
          path: '/v1/articles',
          body: story({ html: '<p>The board <b>agreed</b>.</p>'.repeat(300) })
        }))
      })
  }
]

const imports: Case[] = [
  page('import: nothing but <, 300 kB', `<h1>Head</h1>${'<'.repeat(300_000)}`, 'text/html'),
  page('import: 260,000 references', `<h1>Head</h1><p>${'&amp;'.repeat(260_000)}`, 'text/html'),
  page(
    'import: quotes, 2 MB of HTML',
    `<h1>Head</h1>${'<p>"It is so," Mara Lindqvist said on Monday.</p>'.repeat(19_000)}`,
    'text/html'
  ),
  page(
    'import: quotes, 1 MB of text',
    `Head\n\n${'"It is so," Mara Lindqvist said.\n\n'.repeat(30_000)}`,
    'text/plain'
  )
]

const reading: Case[] = ['markdown', 'html', 'text'].map((form) => ({
  title: `public article as ${form}, 1 MB`,
  prepare: (send) => published(send, { text: large.text.slice(0, 999_000) }),
  act: (send, path) => send('GET', `${path}?body=${form}`)
}))
reading.push({
  title: 'search in 100 Greek articles of 20,000 characters',
  async prepare(send) {
    for (let i = 0; i < 100; i++)
      await published(send, { text: greek.repeat(450) }, { title: `Πλοίο ${i}`, language: 'el' })
    return '/v1/search?q=νυχτα&limit=100'
  },
  act: (send, path) => send('GET', path!)
})
reading.push({
  title: 'search for 66 words in 100 articles of 20,000 characters',
  async prepare(send) {
    const random = seeded(7)
    const letters = [...'abcdefghij']
    const pairs = letters.flatMap((one) => letters.map((other) => `${one}${other}`))
    for (let i = 0; i < 100; i++)
      await published(send, { text: shuffled(random, Array(70).fill(pairs).flat()).join(' ') })
    return `/v1/search?q=${pairs.slice(0, 66).join('+')}&limit=100`
  },
  act: (send, path) => send('GET', path!)
})

/** An article with a comment and 2,000 answers to it. */
async function discussed(send: Send) {
  const path = await published(send, { text: 'Words.' })
  const say = async (body: string, parentId?: string) =>
    JSON.parse((await send('POST', `${path}/comments`, { author: { name: 'Ines' }, body, parentId })).body)
      .id as string
  const approve = (ids: string[]) => send('POST', '/v1/comments/decisions', { decision: 'approve', ids })
  const root = await say('The root of all.')
  await approve([root])
  for (let i = 0; i < 2000; i += 50) {
    const answers = Array.from({ length: 50 }, (_, j) => say(`Answer ${i + j}, in words of its own.`, root))
    await approve(await Promise.all(answers))
  }
  return `${path} /v1/comments/${root}`
}
let thread: Promise<string> | undefined
const threads: Case[] = (
  [
    ['reject', 1, '/reject', {}],
    ['approve', 1, '/approve', {}],
    ['withdraw the article of', 0, '/withdraw', {}],
    ['publish the article of', 0, '/publish', {}]
  ] as const
).map(([what, which, action, body]) => ({
  title: `${what} a thread of 2,000`,
  prepare(send) {
    thread ??= discussed(send)
    return thread
  },
  act: (send, paths) => send('POST', paths!.split(' ')[which] + action, body)
}))

/** The worst requests: one long text, or one long thread. */
export const cases: Case[] = [...bodies, ...desk, ...imports, ...reading, ...threads]
