// Articles and lists of them as ninjs, against the official schema of the IPTC: that of 3.1, of which 3.3 takes all. What 3.3
// adds (`extensions` of renditions, truncated dates of events) is not written.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { app } from '../support/app.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
// The schema refers to one of GeoJSON on the web, which nothing here needs.
ajv.addSchema({ type: 'object' }, 'https://geojson.org/schema/GeoJSON.json')
const official = JSON.parse(readFileSync('test/schemas/ninjs-3.1.json', 'utf8')) as object
const isNinjs = ajv.compile(official)
const faults = (document: unknown) => (isNinjs(document) ? [] : isNinjs.errors)

const story: NewStory = {
  title: 'Late ferry keeps sailing',
  language: 'en-GB',
  section: 'harbour',
  tags: ['ferry'],
  dek: 'It stays.',
  summary: 'The board keeps it.',
  dateline: 'PORT ALDIS',
  bylines: [{ name: 'Ida Reporter' }, { name: 'Mara L.', sourceId: 'lind' }],
  origin: { publisher: 'Coast Wire', url: 'https://wire.example/1', copyrightNotice: '© Coast' },
  body: {
    text: '"The ferry will keep sailing," Mara Lindqvist told the Harbour Post. The board will save money.'
  },
  sources: [
    { key: 'lind', kind: 'person', name: 'Mara Lindqvist', role: 'harbour master' },
    { key: 'post', kind: 'organization', name: 'Harbour Post' },
    { key: 'plan', kind: 'document', name: 'Budget plan' }
  ],
  quotes: [
    {
      text: 'The ferry will keep sailing',
      attributions: [
        {
          hops: [
            { sourceId: 'post', relation: 'reported' },
            { sourceId: 'lind', relation: 'told' }
          ]
        }
      ]
    }
  ],
  attributions: [
    {
      claim: 'The board will save money',
      hops: [
        { sourceId: 'plan', relation: 'published' },
        { unnamed: { description: 'two officials' }, relation: 'told' }
      ]
    }
  ],
  leadMediaId: 'lead',
  media: [
    {
      key: 'lead',
      kind: 'image',
      url: 'https://pictures.example/ferry.jpg',
      caption: 'The late ferry.',
      alt: 'A ferry at dusk.',
      width: 1600,
      height: 900,
      capturedAt: '2026-10-31T17:00:00Z',
      digitalSourceType: 'digitalCapture',
      credits: [
        {
          creditLine: 'Ana Example/Harbour Wire',
          creators: ['Ana Example'],
          suppliers: ['Harbour Wire'],
          copyrightNotice: '© 2026 Harbour Wire',
          copyrightHolder: 'Harbour Wire',
          licence: { name: 'Editorial use', url: 'https://wire.example/licence' },
          usageTerms: 'Once.',
          expiresAt: '2036-01-01T00:00:00Z'
        }
      ]
    }
  ]
}

t.test('an article and a list of them are ninjs, with rights, quotes and corrections', async (t) => {
  const { read, get, post, put } = await app(t)
  const publish = async (story: NewStory, waive: string[] = []) => {
    const { id } = (await post('/v1/articles', story)).json<{ id: string }>()
    const answer = await post(`/v1/articles/${id}/publish`, {
      waive: waive.map((code) => ({ code, reason: 'for the test' }))
    })
    if (answer.status !== 200) throw new Error(answer.body)
    return id
  }
  const id = await publish(story)
  const bare = await publish(
    {
      title: 'A late ferry',
      body: { html: '<p>“It stays,” they said.</p><img src="film">' },
      quotes: [{ text: 'It stays' }],
      attributions: [{ claim: 'they said', hops: [{ articleId: id, relation: 'reported' }] }],
      media: [{ key: 'film', kind: 'video' }],
      origin: { publisher: null }
    },
    ['quote-without-attribution']
  )
  // Before anybody said who publishes here.
  const unsaid = (await read(`/v1/articles/${bare}/ninjs`)).json<{ associations: object[] }>()
  t.same(faults(unsaid), [])
  t.match(unsaid, { language: 'und', infoSources: [{ name: 'News', role: 'publisher' }] })
  t.match(unsaid.associations, [
    { name: 'media1', rel: 'shown', type: 'video' },
    { name: 'quote1', bodies: [{ value: 'It stays' }] },
    { name: 'claim2', infoSources: [{ name: 'an article of ours', uri: /^urn:uuid:/ }] }
  ])

  await put('/v1/publisher', {
    name: 'The Harbour Gazette',
    language: 'en-GB',
    url: 'https://news.example/',
    apiUrl: 'https://api.news.example',
    policies: { correctionsPolicy: 'https://news.example/corrections', masthead: null }
  })
  await put('/v1/ai-use', { site: { train: 'refused' } })
  await post(`/v1/articles/${id}/corrections`, { kind: 'correction', text: 'Late.', was: 'early' })
  await post(`/v1/articles/${id}/publish`)
  const answer = await read(`/v1/articles/${id}/ninjs`)
  t.equal(answer.headers['content-type'], 'application/json')
  t.equal((await get(`/v1/articles/${id}/ninjs`)).body, answer.body)
  const item = answer.json<Record<string, unknown>>()
  t.same(faults(item), [])
  t.match(item, {
    uri: /^urn:uuid:/,
    standard: { version: '3.3', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.3.json' },
    type: 'text',
    representationType: 'full',
    pubStatus: 'usable',
    by: 'Ida Reporter, Mara L.',
    located: 'PORT ALDIS',
    copyrightNotice: '© Coast',
    usageTerms: 'train-ai=n',
    rightsInfo: { linkedRights: `https://api.news.example/v1/articles/${id}/rsl` },
    infoSources: [{ role: 'publisher' }, { name: 'Coast Wire', uri: 'https://wire.example/1' }],
    trustIndicators: [{ role: 'https://schema.org/correctionsPolicy' }],
    people: [{ rel: 'author' }, { rel: 'author', uri: /^urn:/ }, { name: 'Mara Lindqvist', rel: 'source' }],
    organisations: [{ name: 'Harbour Post' }],
    objects: [{ name: 'Budget plan' }],
    associations: [
      {
        rel: 'lead',
        type: 'picture',
        by: 'Ana Example',
        copyrightHolder: 'Harbour Wire',
        copyrightNotice: '© 2026 Harbour Wire',
        usageTerms: 'Once. Editorial use https://wire.example/licence',
        infoSources: [{ name: 'Harbour Wire', role: 'supplier' }],
        descriptions: [{ role: 'caption' }, { role: 'altText' }, { role: 'creditLine' }],
        renditions: [{ href: 'https://pictures.example/ferry.jpg', width: 1600 }]
      },
      {
        rel: 'quote',
        people: [{ name: 'Mara Lindqvist', rel: 'speaker' }],
        infoSources: [{ name: 'Harbour Post', role: 'reported' }, { role: 'told' }]
      },
      { rel: 'claim', infoSources: [{ name: 'Budget plan' }, { name: 'two officials', role: 'told' }] },
      { rel: 'correction', bodies: [{ role: 'correction', value: 'Late. It said: early' }] }
    ]
  })
  t.match(faults({ ...item, by: 1, nonsense: true })?.length, 2, 'the schema refuses what is not of it')

  const feed = await read('/v1/feeds/ninjs?limit=1')
  const list = feed.json<{ associations: Record<string, unknown>[] }>()
  t.same(faults(list), [])
  t.match(list, { type: 'composite', renditions: [{ name: 'self' }, { name: 'next' }] })
  t.equal(list.associations.length, 1)
  const { associations } = (await read('/v1/feeds/ninjs?content=summary')).json<typeof list>()
  t.same(
    associations.map(({ representationType, bodies }) => [representationType, bodies]),
    [
      ['partial', undefined],
      ['partial', undefined]
    ]
  )
  t.same(faults((await read('/v1/feeds/ninjs?section=nowhere')).json()), [])
  await put('/v1/publisher', { url: 'https://news.example/' })
  t.same(
    faults((await read('/v1/feeds/ninjs')).json()),
    [],
    'also where nobody knows the address of this API'
  )
  await post(`/v1/articles/${id}/corrections`, { kind: 'retraction', text: 'All of it.' })
  await post(`/v1/articles/${id}/publish`)
  t.match((await read(`/v1/articles/${id}/ninjs`)).json(), { pubStatus: 'canceled' })
})
