// Articles as JSON-LD, against the vocabulary of schema.org itself.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import jsonld from 'jsonld'
import t from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { newsroom } from './newsroom.ts'

const terms = 'http://schema.org/'

/** What the vocabulary says: the types that have each property, those that its values have, and the wider types of each type. */
function readVocabulary() {
  const file = createRequire(import.meta.url).resolve('@vocabulary/schema/schema.nq')
  const domains = new Map<string, Set<string>>()
  const ranges: typeof domains = new Map()
  const parents: typeof domains = new Map()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, subject, predicate, object] = /^<([^>]+)> <([^>]+)> <([^>]+)>/.exec(line) ?? []
    const map = predicate?.endsWith('domainIncludes')
      ? domains
      : predicate?.endsWith('rangeIncludes')
        ? ranges
        : predicate?.endsWith('subClassOf')
          ? parents
          : null
    if (map) map.set(subject!, (map.get(subject!) ?? new Set()).add(object!))
  }
  return { domains, ranges, parents }
}
const { domains, ranges, parents } = readVocabulary()

const widerTypes = (type: string): string[] => [type, ...[...(parents.get(type) ?? [])].flatMap(widerTypes)]

/** Every property of every node that its type does not have, by the vocabulary. */
function misplaced(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(misplaced)
  if (value === null || typeof value !== 'object') return []
  const node = value as Record<string, unknown>
  const types = ((node['@type'] ?? []) as string[]).flatMap(widerTypes)
  return Object.entries(node).flatMap(([name, inner]) => {
    if (name.startsWith('@')) return []
    const known = types.length > 0 && [...(domains.get(name) ?? [])].some((type) => types.includes(type))
    return [...(known ? [] : [`${node['@type']}: ${name}`]), ...misplaced(inner)]
  })
}

/** Every plain string where the vocabulary wants an address or a thing: its context makes a reference of it. */
function wordsAsAddresses(value: unknown, name = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => wordsAsAddresses(one, name))
  if (value === null || typeof value !== 'object') {
    const types = [...(ranges.get(`${terms}${name}`) ?? [])].map((type) => type.replace(terms, ''))
    const isReference = types.includes('URL') && !types.includes('Text')
    return isReference && !/^(?:https?:|urn:)\S+$/.test(String(value)) ? [`${name}: ${value}`] : []
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    name.startsWith('@') ? [] : wordsAsAddresses(inner, name)
  )
}

/** Expanded with terms of schema.org alone: a name that is none would be lost. */
const expanded = (document: object) =>
  jsonld.expand(
    { ...document, '@context': { '@vocab': terms } },
    {
      documentLoader: () => {
        throw new Error('nothing is fetched')
      }
    }
  )

const story: NewStory = {
  title: 'Late ferry </script><script>alert(1)</script> keeps sailing',
  language: 'en-GB',
  section: 'harbour',
  tags: ['ferry', 'budget'],
  dek: 'It stays.',
  summary: 'The board keeps the ferry.',
  dateline: 'PORT ALDIS',
  bylines: [
    { name: 'Ida Reporter', role: 'correspondent' },
    { sourceId: 'lind', name: 'Mara L.' }
  ],
  body: {
    markdown:
      '"The ferry will keep sailing," Mara Lindqvist told the Harbour Post.\n\nThe board will save money.'
  },
  origin: {
    publisher: 'Coast Wire',
    url: 'https://wire.example/1',
    copyrightNotice: '© Wire',
    licence: 'Partners'
  },
  sources: [
    { key: 'board', kind: 'organization', name: 'Harbour Board', url: 'https://board.example/' },
    {
      key: 'lind',
      kind: 'person',
      name: 'Mara Lindqvist',
      role: 'harbour master',
      affiliationId: 'board',
      sameAs: ['https://social.example/mara']
    },
    { key: 'post', kind: 'organization', name: 'Harbour Post' },
    { key: 'plan', kind: 'document', name: 'Budget plan' }
  ],
  quotes: [
    {
      text: 'The ferry will keep sailing',
      language: 'en',
      attributions: [
        {
          hops: [
            {
              sourceId: 'post',
              relation: 'reported',
              url: 'https://post.example/1',
              at: '2026-11-01T08:00:00Z'
            },
            { sourceId: 'lind', relation: 'told', url: 'https://board.example/minutes' }
          ]
        },
        { hops: [{ unnamed: { description: 'a passenger' }, relation: 'confirmed' }] }
      ]
    }
  ],
  attributions: [
    {
      claim: 'The board will save money',
      hops: [{ unnamed: { description: 'two officials' }, relation: 'told' }]
    },
    { claim: 'save money', hops: [{ sourceId: 'plan', relation: 'published' }] }
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
        { creditLine: 'Courtesy of the board' },
        {
          creditLine: 'Ana Example/Harbour Wire',
          creators: ['Ana Example'],
          copyrightNotice: '© 2026 Harbour Wire',
          copyrightHolder: 'Harbour Wire',
          licence: { name: 'Editorial use', url: 'https://wire.example/licence' },
          usageTerms: 'Once.',
          acquireLicensePage: 'https://wire.example/buy',
          expiresAt: '2036-01-01T00:00:00Z'
        }
      ]
    }
  ]
}

const publisher = {
  logoUrl: 'https://news.example/logo.png',
  policies: { correctionsPolicy: 'https://news.example/corrections', masthead: null }
}

t.test(
  'an article says in schema.org who said what, according to whom, and whose its picture is',
  async (t) => {
    const { read, post, publish } = await newsroom(t, publisher)
    const id = await publish(story)
    const quoteId = (await read(`/v1/articles/${id}`)).json<{ quotes: { id: string }[] }>().quotes[0]!.id
    await post(`/v1/articles/${id}/corrections`, {
      kind: 'correction',
      text: 'It was late.',
      target: { quoteId }
    })
    await post(`/v1/articles/${id}/corrections`, { kind: 'retraction', text: 'All of it.' })
    await post(`/v1/articles/${id}/publish`)
    const answer = await read(`/v1/articles/${id}/jsonld`)
    t.equal(answer.headers['content-type'], 'application/ld+json')
    t.notMatch(answer.body, '<', 'it may stand in a script element')
    const document = answer.json<{
      correction: { about?: object; datePublished: string }[]
      dateModified: string
    }>()
    t.match(document, {
      '@context': 'https://schema.org',
      '@type': 'NewsArticle',
      '@id': /^urn:uuid:/,
      url: /^https:\/\/news\.example\/articles\//,
      headline: story.title,
      inLanguage: 'en-GB',
      articleSection: 'harbour',
      creativeWorkStatus: 'Retracted',
      author: [
        { '@type': 'Person', name: 'Ida Reporter', jobTitle: 'correspondent' },
        {
          '@type': 'Person',
          name: 'Mara L.',
          jobTitle: 'harbour master',
          sameAs: ['https://social.example/mara']
        }
      ],
      publisher: {
        '@type': 'NewsMediaOrganization',
        name: 'The Harbour Gazette',
        correctionsPolicy: 'https://news.example/corrections'
      },
      image: [
        {
          '@type': 'ImageObject',
          contentUrl: 'https://pictures.example/ferry.jpg',
          creditText: 'Courtesy of the board; Ana Example/Harbour Wire',
          creator: [{ name: 'Ana Example' }],
          copyrightNotice: '© 2026 Harbour Wire',
          license: 'https://wire.example/licence',
          acquireLicensePage: 'https://wire.example/buy',
          digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture'
        }
      ],
      isBasedOn: { publisher: { name: 'Coast Wire' }, url: 'https://wire.example/1' },
      hasPart: [
        {
          '@type': 'Quotation',
          text: 'The ferry will keep sailing',
          creator: [
            { name: 'Mara Lindqvist', affiliation: { name: 'Harbour Board' } },
            { description: 'a passenger' }
          ],
          isBasedOn: [{ publisher: { name: 'Harbour Post' }, url: 'https://post.example/1' }],
          citation: ['https://board.example/minutes']
        }
      ],
      mentions: [
        { '@type': 'Claim', text: 'The board will save money', creator: { description: 'two officials' } },
        { '@type': 'Claim', text: 'save money', creator: { '@type': 'CreativeWork', name: 'Budget plan' } }
      ],
      backstory: {
        '@type': 'CreativeWork',
        text: 'What this story rests on. Mara Lindqvist, harbour master: told it. Harbour Post: reported it, 1 November 2026. a passenger (not named): confirmed it. two officials (not named): told it. Budget plan: published it.'
      },
      speakable: {
        xpath: ['/html/head/title', "/html/head/meta[@name='description']/@content"]
      },
      correction: [{ '@type': 'CorrectionComment' }, { '@type': 'CorrectionComment' }]
    })
    t.same(
      document.correction.map(({ about }) => about !== undefined).sort(),
      [false, true],
      'a correction of a quote is about it'
    )
    t.ok(document.correction.every(({ datePublished }) => datePublished <= document.dateModified))
    t.same(misplaced(await expanded(document)), [], 'each property is one that its type has')
    t.same(wordsAsAddresses(document), [], 'and its words stand where words may')
    t.ok(wordsAsAddresses({ license: 'Partners' }).length > 0, 'which is looked at too')
    t.ok(misplaced(await expanded({ '@type': 'Person', headline: 'No' })).length > 0, 'which is looked at')
  }
)

t.test('what is not known is not said', async (t) => {
  const { get, read, publish, put } = await newsroom(t, publisher)
  await put('/v1/publisher', {})
  const articleId = await publish(story)
  const id = await publish(
    {
      title: 'A late ferry',
      language: 'en',
      body: { html: '<p>“It stays,” they said.</p><img src="film"><img src="plain">' },
      quotes: [{ text: 'It stays' }],
      attributions: [{ claim: 'they said', hops: [{ articleId, relation: 'reported' }] }],
      media: [
        {
          key: 'film',
          kind: 'video',
          credits: [
            { creditLine: 'The board', licence: { name: 'Once' }, usageTerms: 'https://board.example/terms' }
          ]
        },
        {
          key: 'plain',
          kind: 'image',
          url: 'https://pictures.example/plain.jpg',
          digitalSourceType: 'https://example.com/x'
        }
      ],
      origin: { publisher: null }
    },
    ['quote-without-attribution', 'picture-without-credit']
  )
  const document = (await read(`/v1/articles/${id}/jsonld`)).json<Record<string, unknown>>()
  t.same(Object.keys(document).sort(), [
    ...[
      '@context',
      '@id',
      '@type',
      'associatedMedia',
      'author',
      'backstory',
      'dateModified',
      'datePublished'
    ],
    'hasPart',
    ...['headline', 'identifier', 'image', 'inLanguage', 'isBasedOn', 'mentions', 'publisher'],
    'speakable'
  ])
  t.match(document.associatedMedia, [
    {
      '@type': 'VideoObject',
      license: { '@type': 'CreativeWork', text: 'Once' },
      usageInfo: 'https://board.example/terms'
    }
  ])
  t.match(document.mentions, [{ creator: { '@type': 'NewsArticle', '@id': /^urn:uuid:/ } }])
  t.match(document.image, [{ digitalSourceType: 'https://example.com/x' }])
  t.same(document.publisher, { '@type': 'NewsMediaOrganization', name: 'News' })
  t.same(misplaced(await expanded(document)), [])
  t.same(wordsAsAddresses(document), [])
  t.equal((await get('/v1/articles/nowhere/jsonld')).status, 404)
})

t.test(
  'the form of schema.org follows what is published, and what the newsroom says of itself',
  async (t) => {
    const { read, patch, post, publish } = await newsroom(t, publisher)
    const id = await publish({ ...story, summary: null })
    const { slug } = (await read(`/v1/articles/${id}`)).json<{ slug: string }>()
    const at = `/v1/articles/${slug}/jsonld`
    const first = await read(at)
    t.match(first.json(), { description: 'It stays.' })
    await patch(`/v1/articles/${id}`, { title: 'Canary', slug: 'canary' })
    t.equal((await read(at)).body, first.body, 'a draft changes nothing')
    t.equal((await read(at, { headers: { 'if-none-match': String(first.headers.etag) } })).status, 304)
    await patch('/v1/publisher', { name: 'The Gazette' })
    t.match((await read(at)).json(), { publisher: { name: 'The Gazette' } })
    await post(`/v1/articles/${id}/publish`)
    t.match(await read(at), { status: 308, headers: { location: '/v1/articles/canary/jsonld' } })
    t.match((await read('/v1/articles/canary/jsonld')).json(), { headline: 'Canary' })
  }
)
