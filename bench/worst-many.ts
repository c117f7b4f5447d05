// The worst requests that are about many records at once.
import { seeded, shuffled } from './random.ts'
import { blocks } from './worst.ts'
import { type Case, made, published, type Send, story } from './worst-stories.ts'

const idOf = ({ body }: { body: string }) => JSON.parse(body).id as string
export const each = (count: number) => Array.from({ length: count }, (_, i) => i)

/** A story with 500 quotes, each of a chain of three. */
export const quoted = (what: string) => ({
  sources: each(3).map((i) => ({ key: `s${i}`, kind: 'person', name: `${what} Person ${i}` })),
  quotes: each(500).map((i) => ({
    text: `${what} number ${i} is what was said`,
    attributions: [{ hops: each(3).map((hop) => ({ sourceId: `s${hop}`, relation: 'said' })) }]
  }))
})
export const quotedText = (what: string) => ({
  text: each(500)
    .map((i) => `"${what} number ${i} is what was said," she told us.`)
    .join('\n\n')
})

/** A story of 1.8 MB with 500 quotes of 400 words, no two of which are alike. */
function longQuotes(seed: number) {
  const random = seeded(seed)
  const words = each(400).map((i) => `w${i}`)
  const texts = each(500).map((i) => `${i + seed} ${shuffled(random, words).join(' ')}`)
  return {
    body: { text: 'Words.' },
    externalId: { system: 'wire', id: 'long-quotes' },
    quotes: texts.map((text) => ({
      text,
      kind: 'indirect',
      attributions: [{ hops: [{ unnamed: { description: 'an official' }, relation: 'said' }] }]
    }))
  }
}

/** Many different Han characters, in one run. */
function han(length: number) {
  const random = seeded(11)
  return String.fromCodePoint(...each(length).map(() => 0x4e00 + Math.floor(random() * 20_000)))
}

const commented = async (send: Send, count: number, author: object) => {
  const path = await published(send, { text: 'Words.' })
  const ids: string[] = []
  for (let i = 0; i < count; i += 50) {
    const some = each(Math.min(50, count - i)).map((j) =>
      send('POST', `${path}/comments`, { author, body: `Comment ${i + j} of a reader, in words of its own.` })
    )
    ids.push(...(await Promise.all(some)).map(idOf))
  }
  return { path, ids }
}

/** A saved page of 20 paragraphs, each with a quote. */
const savedPage = (number: number) =>
  `<html><head><title>Ferry ${number}</title></head><body><article><h1>Ferry ${number}</h1><p>By Ines Okafor</p>${each(
    20
  )
    .map(
      (i) =>
        `<p>"Page ${number} says ${i}," Mara Lindqvist said on Monday, for all who came to the harbour.</p>`
    )
    .join('')}</article></body></html>`

export const manyRecords: Case[] = [
  {
    title: 'import of 130 pages in a row',
    async act(send) {
      let last = { status: 0 }
      for (const i of each(130)) {
        last = await send('POST', '/v1/imports', savedPage(i), 'text/html')
        if (last.status !== 201) return last
      }
      return last
    }
  },
  {
    title: 'list of 100 drafts of 1.7 MB',
    async prepare(send) {
      for (const _ of each(100)) await made(send, blocks, { section: 'long' })
      return '/v1/articles?edition=draft&section=long&limit=100'
    },
    act: (send, path) => send('GET', path!)
  },
  {
    title: 'list of 20 changed drafts of 1.7 MB',
    async prepare(send) {
      for (const _ of each(20)) {
        const path = await published(send, blocks, { section: 'changed' })
        await send('PATCH', path, { title: 'Later ferry' })
      }
      return '/v1/articles?edition=draft&section=changed&limit=100'
    },
    act: (send, path) => send('GET', path!)
  },
  {
    title: 'story of 500 quotes',
    act: (send) => send('POST', '/v1/articles', story(quotedText('First'), quoted('First')))
  },
  {
    title: 'publish 500 quotes',
    prepare: (send) => made(send, quotedText('Second'), quoted('Second')),
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'withdraw 500 quotes',
    prepare: (send) => published(send, quotedText('Third'), quoted('Third')),
    act: (send, path) => send('POST', `${path}/withdraw`, {})
  },
  {
    title: 'restore an edition of 500 quotes',
    prepare: (send) => published(send, quotedText('Fourth'), quoted('Fourth')),
    act: (send, path) => send('POST', `${path}/editions/1/restore`, {})
  },
  {
    title: 'duplicate of 500 quotes',
    prepare: (send) => made(send, quotedText('Fifth'), quoted('Fifth')),
    act: (send, path) => send('POST', `${path}/duplicate`, {})
  },
  {
    title: 'provenance of 500 quotes',
    prepare: (send) => published(send, quotedText('Sixth'), quoted('Sixth')),
    act: (send, path) => send('GET', `${path}/provenance`)
  },
  {
    title: 'delete an article of 500 quotes for good',
    async prepare(send) {
      const path = await made(send, quotedText('Seventh'), quoted('Seventh'))
      await send('DELETE', path)
      return path.replace('articles', 'trash')
    },
    act: (send, path) => send('DELETE', path!)
  },
  {
    title: 'PUT of 500 other quotes of 400 words',
    async prepare(send) {
      await send('POST', '/v1/articles', story(undefined, longQuotes(1)))
      return '/v1/external/wire/long-quotes/article'
    },
    act: (send, path) => send('PUT', path!, story(undefined, longQuotes(1000)))
  },
  {
    title: 'PATCH of a source of 300 published articles',
    async prepare(send) {
      const id = idOf(await send('POST', '/v1/sources', { kind: 'person', name: 'Ines Okafor' }))
      for (const i of each(300))
        await published(
          send,
          { text: `"So it is, ${i}," she said.` },
          {
            quotes: [
              { text: `So it is, ${i}`, attributions: [{ hops: [{ sourceId: id, relation: 'said' }] }] }
            ]
          }
        )
      return `/v1/sources/${id}`
    },
    act: async (send, path) => {
      const changed = await send('PATCH', path!, { name: 'Ines Okafor-Lind' })
      await send('POST', `${path}/republish`, {})
      return changed
    }
  },
  {
    title: 'text: 30,000 different Han characters',
    act: (send) => send('POST', '/v1/articles', story({ text: han(30_000) }))
  },
  {
    title: 'text: 300,000 different Han characters',
    act: (send) =>
      send('POST', '/v1/articles', story({ text: Array.from({ length: 10 }, () => han(30_000)).join('') }))
  },
  {
    title: 'text: a word of 500,000 letters',
    act: (send) => send('POST', '/v1/articles', story({ text: 'abcdefghij'.repeat(50_000) }))
  },
  {
    title: 'text: a word of 500,000 Cyrillic letters',
    act: (send) => send('POST', '/v1/articles', story({ text: 'паромнеидет'.repeat(45_000) }))
  },
  {
    title: '64 comments at once',
    async prepare(send) {
      return published(send, { text: 'Words.' })
    },
    act: async (send, path) =>
      (
        await Promise.all(
          each(64).map((i) =>
            send('POST', `${path}/comments`, {
              author: { name: 'Ines' },
              body: `Comment ${i} at once, in words.`
            })
          )
        )
      )[0]!
  },
  {
    title: 'approve 100 comments',
    async prepare(send) {
      const { ids } = await commented(send, 100, { name: 'Ines' })
      return ids.join()
    },
    act: (send, ids) => send('POST', '/v1/comments/decisions', { decision: 'approve', ids: ids!.split(',') })
  },
  {
    title: '100 changes, and the history of an article',
    async prepare(send) {
      const path = await made(send, { text: 'Words.' })
      for (const i of each(100)) await send('PATCH', path, { title: `Later ferry ${i}` })
      return path
    },
    act: async (send, path) => {
      await send('GET', '/v1/changes?limit=100')
      return send('GET', `${path}/history?limit=100`)
    }
  }
]
