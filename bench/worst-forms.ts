// The worst requests about files, forms of articles, and what moves or removes many records.
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { blocks } from './worst.ts'
import { each, quoted, quotedText } from './worst-many.ts'
import { type Case, made, published, type Send, story } from './worst-stories.ts'

const idOf = ({ body }: { body: string }) => JSON.parse(body).id as string

const read = (title: string, prepare: (send: Send) => Promise<string>): Case => ({
  title,
  prepare,
  act: (send, path) => send('GET', path!)
})

/** A picture of noise, which nothing makes small. */
const noise = (width: number, height: number) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer()

/** Says who publishes, without which there are no feeds and no sitemaps. */
const publisher = (send: Send) =>
  send('PUT', '/v1/publisher', {
    name: 'The Paper',
    url: 'https://paper.example',
    articleUrl: 'https://paper.example/{slug}'
  })

/** So many published articles that rest on a source: each says something, and each is a long one if that is asked for. */
async function restingOn(send: Send, count: number, section: string) {
  const source = idOf(await send('POST', '/v1/sources', { kind: 'person', name: `Mara of ${section}` }))
  for (const i of each(count)) {
    const hops = [{ sourceId: source, relation: 'said' }]
    await published(
      send,
      { text: `"So it is in ${section}, ${i}," she said.` },
      { section, quotes: [{ text: `So it is in ${section}, ${i}`, attributions: [{ hops }] }] }
    )
  }
  return source
}

/** A source of 300 articles, for the reads that are about it. */
let shared: Promise<string> | undefined
const sharedSource = (send: Send) => {
  shared ??= restingOn(send, 300, 'feeds')
  return shared
}

const files: Case[] = [
  {
    title: 'upload of a picture of 24 megapixels',
    act: async (send) => send('POST', '/v1/media', await noise(6000, 4000), 'image/jpeg')
  },
  {
    title: 'upload of a document of 100 MB',
    act: (send) =>
      send(
        'POST',
        '/v1/media',
        Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(100_000_000)]),
        'application/pdf'
      )
  },
  {
    title: 'media settings with 10 widths and 10 crops of as many',
    act: (send) => {
      const widths = each(10).map((i) => 100 * (i + 1))
      const crops = each(10).map((i) => ({ name: `crop-${i}`, width: i + 1, height: 1, widths }))
      return send('PUT', '/v1/media-settings', { widths, crops })
    }
  }
]

const forms: Case[] = [
  ...['markdown', 'text', 'html', 'ninjs'].map((form) =>
    read(`${form} of 1.7 MB`, async (send) => `${await published(send, blocks)}/${form}`)
  ),
  ...['markdown', 'text', 'html', 'ninjs', 'jsonld'].map((form) =>
    read(`${form} of a paragraph of a million &`, async (send) => {
      return `${await published(send, { text: '&'.repeat(999_000) })}/${form}`
    })
  ),
  read('feed of an article of a million &', async (send) => {
    await publisher(send)
    await published(send, { text: '&'.repeat(999_000) }, { section: 'ampersands' })
    return '/v1/feeds/rss?section=ampersands'
  }),
  read('provenance of 500 quotes as mermaid', async (send) => {
    const path = await published(send, quotedText('mermaid'), quoted('mermaid'))
    return `${path}/provenance?as=mermaid`
  }),
  ...['rss', 'atom', 'json'].map((format) =>
    read(`feed of 20 articles of 1.7 MB as ${format}`, async (send) => {
      await publisher(send)
      const section = `feed-${format}`
      for (const _ of each(20)) await published(send, blocks, { section })
      return `/v1/feeds/${format}?section=${section}&content=full&limit=100`
    })
  ),
  read('sitemap', async (send) => {
    await publisher(send)
    await sharedSource(send)
    return '/v1/sitemaps/news'
  }),
  read('redirects as a file', async () => '/v1/redirects/nginx'),
  {
    title: 'preview of a draft of 1.7 MB',
    async prepare(send) {
      const answer = await send('POST', `${await made(send, blocks)}/previews`, {})
      return JSON.parse(answer.body).key
    },
    act: (send, key) => send('GET', '/v1/preview', undefined, undefined, { 'preview-key': key! })
  }
]

const records: Case[] = [
  read(
    'dependents of a source of 300 articles',
    async (send) => `/v1/sources/${await sharedSource(send)}/dependents?limit=100`
  ),
  read('who is heard, in 300 articles', async (send) => {
    await sharedSource(send)
    return '/v1/reports/sources?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&section=feeds'
  }),
  {
    title: 'doubt about a source of 300 articles',
    prepare: (send) => restingOn(send, 300, 'doubted'),
    act: (send, id) => send('POST', `/v1/sources/${id}/doubt`, { reason: 'She was not there.' })
  },
  {
    title: 'merge of a source of 300 articles',
    async prepare(send) {
      const from = await restingOn(send, 300, 'merged')
      const into = idOf(await send('POST', '/v1/sources', { kind: 'person', name: 'Ole Brine' }))
      return `${from} ${into}`
    },
    async act(send, ids) {
      const [from, into] = ids!.split(' ')
      const answer = await send('POST', `/v1/sources/${from}/merge`, { into })
      // The rest of it goes on by itself.
      while (JSON.parse((await send('GET', `/v1/sources/${from}/merge`)).body).state === 'moving');
      return answer
    }
  },
  {
    title: '100 reports of errors of 5,000 characters, and their list',
    prepare: (send) => published(send, { text: 'Words.' }),
    async act(send, path) {
      for (const i of each(100))
        await send('POST', `${path}/error-reports`, { what: `${i} ${'It was another day. '.repeat(90)}` })
      return send('GET', '/v1/error-reports?limit=100')
    }
  },
  {
    title: 'count of 100 drafts of 1.7 MB by their time',
    async prepare(send) {
      for (const _ of each(100)) await made(send, blocks, { section: 'counted' })
      return '/v1/articles?edition=draft&section=counted&updatedAt.gte=2020-01-01T00:00:00Z&count=exact&limit=1'
    },
    act: (send, path) => send('GET', path!)
  },
  {
    title: 'trash of 20 articles of 1.7 MB, emptied',
    async prepare(send) {
      for (const _ of each(20)) await send('DELETE', await made(send, blocks))
      return '/v1/trash'
    },
    async act(send, path) {
      await send('GET', `${path}?limit=100`)
      return send('DELETE', path!)
    }
  },
  {
    title: 'PUT of a story of 1.7 MB by its external id, twice',
    async act(send) {
      const sent = story(blocks, { externalId: { system: 'wire', id: 'long' } })
      await send('PUT', '/v1/external/wire/long/article', sent)
      return send('PUT', '/v1/external/wire/long/article', { ...sent, title: 'Later ferry' })
    }
  },
  {
    title: 'a story in 20 languages, published',
    async prepare(send) {
      const path = await published(send, blocks, { language: 'en' })
      const translationOf = path.split('/').at(-1)!
      for (const i of each(20))
        await published(
          send,
          { text: 'Words.' },
          { language: `x-l${i}`, translationOf, slug: `ferry-in-${i}` }
        )
      return path
    },
    act: (send, path) => send('POST', `${path}/publish`, {})
  },
  {
    title: 'list of 20 imports of 1 MB',
    async prepare(send) {
      const words = 'Nobody knew how late the ferry would be. '.repeat(24_000)
      for (const i of each(20)) await send('POST', '/v1/imports', `Head ${i}\n\n${words}`, 'text/plain')
      return '/v1/imports?limit=100'
    },
    act: (send, path) => send('GET', path!)
  },
  {
    title: 'what machines may do in 500 sections, and how they are told',
    async act(send) {
      const sections = Object.fromEntries(each(500).map((i) => [`section ${i}`, { train: 'refused' }]))
      const answer = await send('PUT', '/v1/ai-use', { site: { search: 'allowed' }, sections })
      for (const form of ['robots', 'rsl', 'tdmrep']) await send('GET', `/v1/${form}`)
      return answer
    }
  }
]

export const filesAndForms: Case[] = [...files, ...forms, ...records]
