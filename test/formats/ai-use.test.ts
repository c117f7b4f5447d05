// One setting for machines that read, held against itself: whatever it says comes out of every form alike.
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import t, { type Test } from 'tap'
import { exactly } from '../../src/formats/ai-use/patterns.ts'
import { strictest } from '../../src/formats/ai-use/terms.ts'
import { add } from '../../src/newsstand/documents/put.ts'
import { admin, app, type Client } from '../support/app.ts'
import { runs, seed } from '../support/generator-settings.ts'

const home = 'https://news.example'
const uses = ['search', 'input', 'train'] as const
type Said = Partial<Record<(typeof uses)[number], string>>
const categories = { search: 'search', input: 'ai-use', train: 'train-ai' }
const usages = { search: 'search', input: 'ai-input', train: 'ai-train' }

/** Whether a pattern matches a path, as RFC 9309 says it (2.2.2, 2.2.3). */
function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replace(/[.+?^{}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replace(/\$(?!$)/g, '\\$')
  // What is special in a pattern is percent-encoded where it is meant itself.
  return new RegExp(`^${expression}`).test(path.replaceAll('*', '%2A').replaceAll('$', '%24'))
}

/** What holds for a path: what the longest pattern that matches says. */
function longest<T>(rules: [pattern: string, value: T][], path: string): T | undefined {
  const found = rules.filter(([pattern]) => matches(pattern, path))
  return found.toSorted(([one], [other]) => other.length - one.length)[0]?.[1]
}

/** The terms of each `content` of an RSL document, or of the feed that holds such. */
function licencesIn(xml: string): [url: string, said: Said][] {
  const found: [string, Said][] = []
  let [text, permits, isPaid]: [string, string[], boolean] = ['', [], false]
  const parser = new SaxesParser({ xmlns: true })
  const name = (tag: { uri: string; local: string }) =>
    tag.uri === 'https://rslstandard.org/rsl' ? tag.local : undefined
  const say = (tokens: string[], value: string) => {
    for (const use of uses) if (tokens.includes(usages[use])) found.at(-1)![1][use] = value
  }
  parser.on('opentag', (tag) => {
    text = ''
    if (name(tag) === 'content') found.push([tag.attributes.url!.value, {}])
    if (name(tag) === 'license') [permits, isPaid] = [[], false]
    if (name(tag) === 'payment') isPaid = true
  })
  parser.on('text', (part) => {
    text += part
  })
  parser.on('closetag', (tag) => {
    if (name(tag) === 'permits') permits = text.split(' ')
    if (name(tag) === 'prohibits') say(text.split(' '), 'refused')
    if (name(tag) === 'license') say(permits, isPaid ? 'paid' : 'allowed')
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return found
}

const usageOf = (said: Said) =>
  uses
    .flatMap((use) => (said[use] ? `${categories[use]}=${said[use] === 'allowed' ? 'y' : 'n'}` : []))
    .join(', ')

const narrowed = (...levels: (Said | undefined)[]): Said => {
  const { price: _, ...said } = Object.assign({}, ...levels)
  return said
}

const price = {
  type: 'crawl' as const,
  amount: '0.015',
  currency: 'EUR',
  url: 'https://news.example/licence'
}

interface Story {
  id: string
  slug: string
  section: string | null
  address: string
  mediaId: string
  picture: string
}

/** A newsroom with stories in sections, and one at an address of its own. */
async function newsroom(t: Test, articleUrl: string | null) {
  const client = await app(t)
  await client.put('/v1/publisher', { name: 'Gazette', url: home, articleUrl })
  const stories: Story[] = []
  for (const [title, section] of [
    ['One', 'harbour'],
    ['One two', 'harbour'],
    ['Three', 'a*b/$ ü'],
    ['Four', null]
  ] as const)
    stories.push(await published(client, title, section))
  return { ...client, stories }
}

async function published({ post, read }: Client, title: string, section: string | null): Promise<Story> {
  const picture = `https://pictures.example/${encodeURIComponent(title)}.jpg`
  const media = [{ key: 'lead', kind: 'image', url: picture, alt: 'A.', credits: [{ creditLine: 'Ana' }] }]
  const draft = await post('/v1/articles', {
    title,
    section,
    language: 'en',
    bylines: [{ name: 'Ida' }],
    body: { text: 'Words.' },
    media,
    leadMediaId: 'lead'
  })
  const { id } = draft.json<{ id: string }>()
  const { slug, leadMediaId } = (await post(`/v1/articles/${id}/publish`, { waive: [] })).json<{
    slug: string
    leadMediaId: string
  }>()
  const address = (await read(`/v1/articles/${id}/jsonld`)).json<{ url: string }>().url
  return { id, slug, section, address, mediaId: leadMediaId, picture }
}

const use = fc.constantFrom('allowed', 'paid', 'refused')
const terms = fc.record(
  { search: use, input: use, train: use, price: fc.constant(price) },
  { requiredKeys: [] }
)
const settings = (stories: Story[]) => {
  const some = (keys: (string | null)[]) =>
    fc.dictionary(fc.constantFrom(...keys.filter((key) => key !== null)), terms, { noNullPrototype: true })
  return fc.record(
    {
      site: terms.map((said) => ({ ...said, price })),
      sections: some(stories.map(({ section }) => section)),
      articles: some(stories.map(({ id }) => id)),
      media: some(stories.map(({ mediaId }) => mediaId))
    },
    { requiredKeys: ['site'] }
  )
}
interface Setting {
  site: Said
  sections?: Record<string, Said>
  articles?: Record<string, Said>
  media?: Record<string, Said>
}

for (const articleUrl of [null, `${home}/news/{section}/{slug}`])
  t.test(
    `settings come out of all forms alike, with articles at ${articleUrl ?? 'the usual address'}`,
    async (t) => {
      let turn = 0
      const { server, stories } = await newsroom(t, articleUrl)
      const get = async (url: string) => await server.inject(url)
      await fc.assert(
        fc.asyncProperty(settings(stories), fc.constantFrom(...stories), async (setting: Setting, story) => {
          const sent = { authorization: `Bearer ${admin}`, 'if-match': '*' }
          const answer = await server.inject({
            method: 'PUT',
            url: '/v1/ai-use',
            payload: setting,
            headers: sent
          })
          if (answer.statusCode !== 200) throw new Error(answer.body)
          const { id, address, section, mediaId } = story
          const said = narrowed(setting.site, setting.sections?.[section ?? ''], setting.articles?.[id])
          const path = address.slice(home.length)
          const usage = usageOf(said)
          const agree = (form: string, got: unknown, expected: unknown) => {
            if (JSON.stringify(got) !== JSON.stringify(expected))
              throw new Error(`${form}: ${JSON.stringify(got)} is not ${JSON.stringify(expected)}`)
          }
          const sorted = (one: Said = {}) => uses.map((use) => one[use] ?? null)

          const { headers } = await get(`/v1/articles/${id}`)
          agree('Content-Usage', headers['content-usage'] ?? '', usage)
          const isReserved = uses.some((use) => said[use] && said[use] !== 'allowed')
          const reservation = usage === '' ? undefined : isReserved ? 1 : 0
          agree(
            'tdm-reservation',
            headers['tdm-reservation'],
            reservation === undefined ? undefined : String(reservation)
          )

          const rsl = await get('/v1/rsl')
          const rules = rsl.statusCode === 200 ? licencesIn(rsl.body) : []
          agree('RSL', sorted(longest(rules, path)), sorted(said))
          if (usage !== '') {
            const [, licence] =
              /^<https:\/\/news\.example(.*)>; rel="license"; type="application\/rsl\+xml"$/.exec(
                String(headers.link)
              )!
            const [[url, own]] = licencesIn((await get(licence!)).body) as [[string, Said]]
            agree('the address in the RSL of the article', url, address)
            agree('RSL of the article', sorted(own), sorted(said))
          }

          const entries = (await get('/.well-known/tdmrep.json')).json<
            { location: string; 'tdm-reservation': number }[]
          >()
          agree(
            'tdmrep.json',
            longest(
              entries.map((one) => [one.location, one['tdm-reservation']]),
              path
            ),
            reservation
          )

          const robots = (await get('/robots.txt')).body.split('\n').flatMap((line) => {
            const [, pattern, value] = /^Content-Usage: (\S+) (.*)$/.exec(line) ?? []
            return pattern ? [[pattern, value!] as [string, string]] : []
          })
          agree('robots.txt', longest(robots, path) ?? '', usage)

          type Work = { usageInfo?: { text: string }; image: Work[] }
          const jsonld = (await get(`/v1/articles/${id}/jsonld`)).json<Work>()
          agree('JSON-LD', jsonld.usageInfo?.text ?? '', usage)
          const ofPicture = narrowed(setting.site, setting.media?.[mediaId])
          agree('JSON-LD of the picture', jsonld.image[0]!.usageInfo?.text ?? '', usageOf(ofPicture))
          agree(
            'Content-Usage of the picture',
            (await get(`/v1/media/${mediaId}`)).headers['content-usage'] ?? '',
            usageOf(ofPicture)
          )
          if (setting.media?.[mediaId])
            agree('RSL of the picture', sorted(longest(rules, story.picture)), sorted(ofPicture))

          const format = turn++ % 3
          if (format === 2) {
            const feed = (await get('/v1/feeds/json')).json<{
              items: { url: string; _onrecord: { aiUse?: Said } }[]
            }>()
            const item = feed.items.find(({ url }) => url === address)!
            agree('JSON Feed', sorted(item._onrecord.aiUse), sorted(said))
          } else {
            const feed = licencesIn((await get(`/v1/feeds/${format ? 'atom' : 'rss'}`)).body)
            agree('RSS and Atom', sorted(feed.find(([url]) => url === address)?.[1]), sorted(said))
          }
        }),
        { numRuns: runs / 5, seed }
      )
      t.pass('all forms agree')
    }
  )

t.test('what is said of machines is checked, merged and refused like any setting', async (t) => {
  const { get, put, patch, read, token, post, stories } = await newsroom(t, null)
  t.equal((await read('/v1/rsl')).status, 404)
  t.equal((await read(`/v1/articles/${stories[0]!.id}/rsl`)).status, 404)
  t.same((await read('/v1/tdmrep')).json(), [])
  t.match((await get('/v1/ai-use')).json(), { version: 0, updatedAt: null })

  const paid = await put('/v1/ai-use', { sections: { 'a/b~c': { input: 'paid' } } })
  t.equal(paid.status, 400)
  t.match(paid.json(), { errors: [{ pointer: '/sections/a~1b~0c/input', detail: /needs a price/ }] })
  const half = await put('/v1/ai-use', { site: { price: { type: 'use', amount: '1' } } })
  t.match(half.json(), { errors: [{ pointer: '/site/price' }] })
  t.equal((await put('/v1/ai-use', { articles: { nonsense: {} } })).status, 400)
  t.equal((await put('/v1/ai-use', { site: { train: 'perhaps' } })).status, 400)

  const [{ id, mediaId }] = stories as [Story]
  const termsUrl = 'https://news.example/machines'
  await put('/v1/ai-use', { site: { train: 'refused' }, termsUrl })
  t.match(await read(`/v1/articles/${id}`), {
    headers: { 'tdm-policy': termsUrl, 'content-usage': 'train-ai=n' }
  })
  t.match((await read('/v1/rsl')).body, /<terms>https:\/\/news.example\/machines<\/terms>/)
  t.match((await read('/v1/tdmrep')).json(), [
    { location: '/', 'tdm-reservation': 1, 'tdm-policy': termsUrl }
  ])
  const set = await patch('/v1/ai-use', { articles: { [id]: { train: 'allowed', search: 'allowed' } } })
  t.match(set.json(), { version: 2, site: { train: 'refused' }, articles: { [id]: { train: 'allowed' } } })
  const tag = String((await read(`/v1/articles/${id}`)).headers.etag)
  const unchanged = await read(`/v1/articles/${id}`, { headers: { 'if-none-match': tag } })
  t.match(unchanged, { status: 304, headers: { 'content-usage': 'search=y, train-ai=y' } }, 'with a 304, too')
  t.match(
    await read('/v1/feeds/rss'),
    { headers: { 'content-usage': 'train-ai=n' } },
    'as much as all of it may'
  )
  await patch('/v1/ai-use', {
    articles: { [id]: { search: null } },
    media: { [mediaId]: { train: 'allowed' } }
  })
  t.match((await get('/v1/ai-use')).json(), { articles: { [id]: { train: 'allowed' } } })
  t.equal((await read(`/v1/articles/${id}`)).headers['content-usage'], 'train-ai=y')
  t.equal((await read(`/v1/media/${mediaId}`)).headers['content-usage'], 'train-ai=y')
  await patch('/v1/ai-use', { articles: { [id]: null } })
  t.notOk(Object.hasOwn((await get('/v1/ai-use')).json<Setting>().articles!, id))

  // What is said of a part follows the article.
  await put('/v1/ai-use', { sections: { harbour: { search: 'refused' } } })
  const { id: other } = (
    await post('/v1/articles', {
      title: 'A quote',
      section: 'harbour',
      language: 'en',
      body: { text: '"It stays," Mara Lindqvist said.' },
      sources: [{ key: 'mara', kind: 'person', name: 'Mara Lindqvist' }],
      quotes: [{ text: 'It stays', attributions: [{ hops: [{ sourceId: 'mara', relation: 'said' }] }] }]
    })
  ).json<{ id: string }>()
  const { quotes, sources } = (await post(`/v1/articles/${other}/publish`, { waive: [] })).json<{
    quotes: { id: string }[]
    sources: { id: string }[]
  }>()
  const usage = async (path: string) => (await read(path)).headers['content-usage']
  t.equal(await usage(`/v1/quotes/${quotes[0]!.id}`), 'search=n')
  t.equal(await usage(`/v1/sources/${sources[0]!.id}`), undefined)
  await patch(`/v1/articles/${other}`, { section: 'town' })
  await post(`/v1/articles/${other}/publish`, { waive: [] })
  t.equal(await usage(`/v1/quotes/${quotes[0]!.id}`), undefined)

  const contributor = await token('contributor')
  t.equal((await patch('/v1/ai-use', {}, { token: contributor.token })).status, 403)
  t.equal(
    (await put('/v1/ai-use', {}, { headers: { 'if-match': '"1-xxxxxxxxxxxxxxxxxxxxxx"' } })).status,
    412
  )
})

t.test('a section of very many articles restricts the site, and each of them says its own', async (t) => {
  const { db, put, read, stories } = await newsroom(t, null)
  await db.write({ role: 'admin', name: 'a test' } as Parameters<typeof db.write>[0], async (tx) => {
    for (let n = 0; n < 1000; n++) {
      const id = `art_${String(n).padStart(26, '0')}`
      const facets = { article: [id], section: ['harbour'] }
      await add(tx, {
        kind: 'article',
        id,
        position: '2026-11-01',
        slug: `s-${n}`,
        articleId: id,
        value: { id },
        facets
      })
    }
  })
  const site = { search: 'allowed', train: 'allowed' }
  await put('/v1/ai-use', { site, sections: { harbour: { train: 'refused' } } })
  t.same(licencesIn((await read('/v1/rsl')).body), [['/', { search: 'allowed', train: 'refused' }]])
  const usages = await Promise.all(stories.map(({ id }) => read(`/v1/articles/${id}`)))
  t.same(
    usages.map(({ headers }) => headers['content-usage']),
    ['n', 'n', 'y', 'y'].map((train) => `search=y, train-ai=${train}`)
  )
})

t.test('where nobody said where pages are, what holds for the site is said all the same', async (t) => {
  const { put, read, draft, post, server } = await app(t)
  const media = [
    {
      key: 'lost',
      kind: 'image' as const,
      url: null,
      alt: 'A.',
      credits: [{ creditLine: 'Ana', usageTerms: 'Editorial only' }]
    }
  ]
  const { id } = await draft({ media, leadMediaId: 'lost' })
  const { leadMediaId } = (await post(`/v1/articles/${id}/publish`, { waive: [] })).json<{
    leadMediaId: string
  }>()
  await put('/v1/ai-use', { site: { search: 'allowed' }, articles: { [id]: { search: 'refused' } } })
  t.equal((await server.inject('/robots.txt')).body, 'User-agent: *\nAllow: /\nContent-Usage: / search=y\n')
  t.match((await server.inject('/license.xml')).body, /<content url="\/">/)
  t.match((await read(`/v1/articles/${id}`)).headers, { 'content-usage': 'search=n', 'tdm-reservation': '1' })
  t.match((await read(`/v1/articles/${id}/jsonld`)).json(), {
    usageInfo: { text: 'search=n' },
    image: [{ usageInfo: [{ text: 'Editorial only' }, { text: 'search=y' }] }]
  })
  t.equal((await read(`/v1/articles/${id}/rsl`)).status, 404)
  await put('/v1/ai-use', { articles: { [id]: { search: 'refused' } } })
  t.equal((await read('/v1/rsl')).status, 404)
  // Neither what is not published nor what has no address has a rule.
  await put('/v1/publisher', { url: home, apiUrl: 'https://api.news.example' })
  const gone = { [`art_${'0'.repeat(26)}`]: { search: 'refused' } }
  const ofMedia = {
    [String(leadMediaId)]: { search: 'refused' },
    [`med_${'0'.repeat(26)}`]: { search: 'refused' }
  }
  await put('/v1/ai-use', { site: { search: 'allowed' }, articles: gone, media: ofMedia })
  t.same(licencesIn((await read('/v1/rsl')).body), [['/', { search: 'allowed' }]])
  t.equal((await read(`/v1/media/${leadMediaId}`)).headers['content-usage'], 'search=n')
  t.match((await read('/v1/robots')).body, /^License: https:\/\/api\.news\.example\/v1\/rsl\n\nUser-agent/)
})

t.test('addresses that no browser can read have no pattern', (t) => {
  t.equal(exactly('https://x:99999/', home), undefined)
  t.equal(exactly('https://x.example/a?b=*', home), 'https://x.example/a?b=%2A$')
  t.end()
})

t.test('what is made of several has the strictest terms of each', (t) => {
  t.same(
    strictest([
      { search: 'allowed', input: 'allowed', train: 'allowed', price },
      { search: 'paid', input: 'refused' }
    ]),
    { search: 'paid', input: 'refused', price }
  )
  t.end()
})
