// Anchors: the words of a quote or a claim stay its own, however a body is sent.
import fc from 'fast-check'
import t from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import { anchorAll } from '../../src/content/body/anchors/anchoring.ts'
import { anchorsIn, keyOfAnchor, quoteAnchor } from '../../src/content/body/anchors/anchors.ts'
import { read } from '../../src/content/body/read.ts'
import type { Body } from '../../src/content/body/schema.ts'
import { textsOf } from '../../src/content/body/text.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client } from '../support/app.ts'

const hops = [{ unnamed: { description: 'a clerk' }, relation: 'said' as const }]

/** The ids of records in the order in which they were made: that of an article is the one of its text. */
const idsOf = (records: { id: string }[]) => records.map(({ id }) => id).sort()

/** The text of a draft with each anchor shown: "{A|Never}, Adams said." */
function shown({ body, quotes, attributions }: DraftArticle, names: string[]) {
  const ids = [...idsOf(quotes), ...idsOf(attributions)]
  const nameIn = (def: { quoteId?: string; attributionId?: string }) =>
    names[ids.indexOf(def.quoteId ?? def.attributionId ?? '')]
  return textsOf(body as Body)
    .map(({ children, markDefs }) =>
      children
        .map(({ text, marks }) => {
          const by = markDefs.flatMap((def) =>
            marks.includes(def._key) ? (nameIn(def as object) ?? []) : []
          )
          return by.length > 0 ? `{${by.join('+')}|${text}}` : text
        })
        .join('')
    )
    .join(' / ')
}

/** A story whose quotes, all with these words, come in the order of the places in its body. */
async function story(client: Client, text: string, names: string[], words = 'Never') {
  const quotes = names.map(() => ({ text: words, attributions: [{ hops }] }))
  return client.draft({ title: 'Said', body: { text: text.replaceAll(' / ', '\n\n') }, sources: [], quotes })
}

async function resent(client: Client, { id }: DraftArticle, text: string) {
  const answer = await client.patch(`/v1/articles/${id}`, {
    body: { markdown: text.replaceAll(' / ', '\n\n') }
  })
  return answer.json<DraftArticle>()
}

const codes = async ({ get }: Client, { id }: { id: string }) =>
  (await get(`/v1/articles/${id}/checks`))
    .json<{ checks: { code: string; detail: string }[] }>()
    .checks.filter(({ code }) => /body|anchor/.test(code))

t.test('quotes and claims of an article are told in the order of its text', async (t) => {
  const client = await app(t)
  const said = (text: string, to: object = {}) => ({ text, kind: 'direct', ...to, attributions: [{ hops }] })
  const { id, quotes } = await client.draft({
    title: 'Said',
    section: 's',
    body: { text: 'First, one said that it leaks. Then second.\n\nAnd third.' },
    quotes: [said('third'), said('Nowhere', { kind: 'indirect' }), said('second'), said('First')],
    attributions: [
      { claim: 'And', hops },
      { claim: 'it leaks', hops }
    ]
  } as NewStory)
  const right = [
    ['First', 'second', 'third', 'Nowhere'],
    ['it leaks', 'And']
  ]
  const told = ({ quotes, attributions }: Pick<DraftArticle, 'quotes' | 'attributions'>) => [
    quotes.map(({ text }) => text),
    attributions.map(({ claim }) => claim)
  ]
  const draft = (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
  t.same(told(draft), right)
  t.equal(quotes.length, 4)

  // The lists of quotes and of attributions say the same in both editions, page by page, however they are sorted.
  interface Said {
    id: string
    text?: string
    claim?: string | null
    quoteId?: string | null
  }
  const words = new Map(quotes.map(({ id, text }) => [id, text]))
  async function listed(list: string) {
    const found: Said[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = await client.get(`/v1/${list}&limit=2${next && `&cursor=${next}`}`)
      const answer = page.json<{ data: Said[]; next: string | null }>()
      found.push(...answer.data)
      next = answer.next
    }
    return found.map(({ text, claim, quoteId }) => text ?? claim ?? words.get(quoteId!))
  }
  const all = ['First', 'it leaks', 'second', 'And', 'third', 'Nowhere']
  t.same(await listed(`quotes?article=${id}&edition=draft`), right[0])
  t.same(await listed(`attributions?article=${id}&edition=draft`), all)
  const published = await client.post(`/v1/articles/${id}/publish`)
  t.equal(published.status, 200, published.body)
  for (const sort of ['', '&sort=publishedAt', '&sort=-publishedAt']) {
    t.same(await listed(`quotes?article=${id}${sort}`), right[0])
    t.same(await listed(`attributions?article=${id}${sort}`), all)
  }
  t.same(await listed(`quotes?article=${id}&publishedAt.lt=2000-01-01T00:00:00Z`), [])
  t.same(await listed(`quotes?article=${id}&publishedAt.gte=2000-01-01T00:00:00Z`), right[0])

  // Where the last of a page is gone by then, the list begins again.
  const first = await client.get(`/v1/quotes?article=${id}&edition=draft&limit=1`)
  const { data, next } = first.json<{ data: Said[]; next: string }>()
  await client.remove(`/v1/quotes/${data[0]!.id}`)
  const rest = await client.get(`/v1/quotes?article=${id}&edition=draft&limit=1&cursor=${next}`)
  t.same(
    rest.json<{ data: Said[] }>().data.map(({ text }) => text),
    ['second']
  )
  const nowhere = id.replace(/.{4}$/, '0000')
  t.same(await listed(`quotes?article=${nowhere}&edition=draft`), [])
})

t.test('equal words stay with who said them when a body is sent anew without anchors', async (t) => {
  const client = await app(t)
  const both = '{A|Never}, Adams said. {B|Never}, Brown said.'
  const cases: [was: string, is: string][] = [
    [both, both],
    [both, '{B|Never}, Brown said. {A|Never}, Adams said.'],
    [both, '{B|Never}, said Brown. {A|Never}, said Adams.'],
    [both, 'So it went. {A|Never}, Adams said. And: {B|Never}, Brown said on Monday.'],
    [both, '{B|Never}, Brown said. Adams was silent.'],
    [both, '{A|Never}, Adams said. Brown was silent.'],
    [both, '{B|Never}, Brown said. Never, Clark said. {A|Never}, Adams said.'],
    [both, '{B|Never}, Brown said. Never, Clark said.'],
    [both, '{A|Never}, the mayor, Adams, replied. {B|Never}, Brown said.'],
    ['Adams said: {A|Never}. Brown said: {B|Never}.', 'Brown said: {B|Never}. Adams said: {A|Never}.'],
    [
      'Adams said: {A|Never}. Brown said: {B|Never}. Then all went home.',
      'Brown said: {B|Never}. Adams said: {A|Never}. Then all went home.'
    ],
    [
      'Adams said {A|Never} and Brown said {B|Never} too.',
      'Brown said {B|Never} and Adams said {A|Never} too.'
    ],
    [
      '{A|Never}. Adams shook his head. / {B|Never}. Brown nodded.',
      'It began. / {B|Never}. Brown nodded. / {A|Never}. Adams shook his head.'
    ],
    ['Never was the word. / {A|Never}, Adams said.', 'Never was the word. / Adams was silent.'],
    ['Never was the word. / {A|Never}, Adams said.', '{A|Never}, Adams said. / Never was the word.'],
    ['{A|Never}, Adams said.', 'Never, Clark said. / {A|Never}, Adams said.'],
    ['{A|Never}, Adams said.', '{A|Never}, she said, and rewrote all that had stood around it.'],
    ['{A|Never}', '{A|Never}.'],
    ['{A|Never}', 'Never. Never.'],
    ['{A|Never}, he said. / {B|Never}, he said.', 'Never, he said.'],
    ['{A|Never}, he said. / {B|Never}, he said.', '{A|Never}, he said. / {B|Never}, he said. / So it was.'],
    ['{A|Never}, he said. / {B|Never}, he said.', 'So it was. / {A|Never}, he said. / {B|Never}, he said.']
  ]
  const plain = (text: string) => text.replace(/\{\w\|(\w+)\}/g, '$1')
  for (const [was, is] of cases) {
    const names = ['A', 'B'].filter((name) => was.includes(`{${name}|`))
    let draft = await client.draft({
      title: 'Said',
      body: { text: 'Empty.' },
      sources: [],
      quotes: names.map(() => ({ text: 'Never', kind: 'indirect' as const, attributions: [{ hops }] }))
    })
    // Anchored by their ids, as an editor would.
    const body = was.split(' / ').map((line) => ({
      _type: 'block',
      children: line.split(/(\{\w\|\w+\})/).map((text) => {
        const by = /^\{(\w)\|(\w+)\}$/.exec(text)
        return by ? { _type: 'span', text: by[2], marks: [by[1]] } : { _type: 'span', text }
      }),
      markDefs: names.map((name, i) => ({ _type: 'quote', _key: name, quoteId: idsOf(draft.quotes)[i]! }))
    }))
    draft = (await client.patch(`/v1/articles/${draft.id}`, { body })).json<DraftArticle>()
    t.equal(shown(draft, names), was)
    t.equal(shown(await resent(client, draft, plain(is)), names), is, `from ${was}`)
  }
})

t.test('ids in a body win over any resemblance', async (t) => {
  const client = await app(t)
  const draft = await story(client, 'Never, Adams said. Never, Brown said.', ['A', 'B'])
  const [a, b] = idsOf(draft.quotes)
  const body = [
    {
      _type: 'block',
      markDefs: [{ _type: 'quote', _key: 'm', quoteId: b }],
      children: [
        { _type: 'span', text: 'Never', marks: ['m'] },
        { _type: 'span', text: ', Adams said. Never, Brown said.' }
      ]
    }
  ]
  const after = (await client.patch(`/v1/articles/${draft.id}`, { body })).json<DraftArticle>()
  t.equal(shown(after, ['A', 'B']), '{B|Never}, Adams said. Never, Brown said.')
  const missing = await codes(client, draft)
  t.match(
    missing.map(({ code }) => code),
    ['anchor-ambiguous']
  )
  t.match(
    missing[0]!.detail,
    new RegExp(`the direct quote ${a}, “Never”: /body/0 “Never, Adams said. Never, Brown said.”\\.$`)
  )
})

t.test('in a story equal quotes come in the order of their places, or stay unanchored', async (t) => {
  const client = await app(t)
  const cases: [text: string, names: string[]][] = [
    ['{A|Never}, Adams said. {B|Never}, Brown said.', ['A', 'B']],
    ['Never, Adams said. Never, Brown said.', ['A']],
    ['Never, Adams said. Never, Brown said. Never, Clark said.', ['A', 'B']],
    ['Never, Adams said.', ['A', 'B']],
    ['Never again / “{A|Never},” Adams said.', ['A']],
    ['Never again / «{A|Never}», Adams said. “{B|Never}.”', ['A', 'B']]
  ]
  for (const [text, names] of cases) {
    const draft = await story(client, text.replace(/\{\w\|(\w+)\}/g, '$1'), names)
    t.equal(shown(draft, names), text)
    const ambiguous = await codes(client, draft)
    t.equal(ambiguous.length, text.includes('{') ? 0 : names.length, text)
  }
  const many = await story(client, 'Never. '.repeat(8), ['A'])
  t.match((await codes(client, many))[0]!.detail, /(\/body\/0 “[^”]+”, ){5}and 3 more\.$/)
  const long = `${'word '.repeat(30)}end`
  const twice = await story(client, `${long}, A said. / ${long}, B said.`, ['A'], long)
  t.match((await codes(client, twice))[0]!.detail, /\/body\/1 “(word ){12}…, B said\.”\.$/)
})

t.test('a quote within another leaves it its place', async (t) => {
  const client = await app(t)
  const draft = await client.draft({
    title: 'Said',
    body: { text: '“We stay here,” Adams said. “We stay,” Brown said.' },
    sources: [],
    quotes: ['We stay', 'We stay here'].map((text) => ({ text, attributions: [{ hops }] }))
  })
  t.equal(shown(draft, ['B', 'A']), '“{A|We stay here},” Adams said. “{B|We stay},” Brown said.')
})

t.test('a quote that is added later takes a place that is free, never that of another', async (t) => {
  const client = await app(t)
  const { id } = await story(client, 'Never, Adams said. Never, Brown said.', [])
  const add = () => client.post(`/v1/articles/${id}/quotes`, { text: 'Never', attributions: [{ hops }] })
  const draft = async () => (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
  t.equal((await add()).status, 201)
  t.equal(shown(await draft(), ['A']), 'Never, Adams said. Never, Brown said.', 'either may be meant')
  const [first] = (await draft()).quotes
  const body = (quoteId: string) => [
    {
      _type: 'block',
      markDefs: [{ _type: 'quote', _key: 'm', quoteId }],
      children: [
        { _type: 'span', text: 'Never', marks: ['m'] },
        { _type: 'span', text: ', Adams said. Never, Brown said.' }
      ]
    }
  ]
  await client.patch(`/v1/articles/${id}`, { body: body(first!.id) })
  await add()
  t.equal(shown(await draft(), ['A', 'B']), '{A|Never}, Adams said. {B|Never}, Brown said.')
  t.equal((await add()).status, 201)
  t.equal(shown(await draft(), ['A', 'B', 'C']), '{A|Never}, Adams said. {B|Never}, Brown said.')
  t.match(await codes(client, { id }), [{ code: 'quote-not-in-body', detail: /anchored nowhere/ }])
})

t.test('a quote with other words goes on from where it stood', async (t) => {
  const client = await app(t)
  const text = 'Never ever, Adams said. Never ever, Brown said. Maybe, Brown said. Maybe, Adams said. Done.'
  const draft = await client.draft({
    title: 'Said',
    body: { text },
    sources: [],
    quotes: [
      { text: 'Never ever', attributions: [{ hops }] },
      { text: 'Never ever', attributions: [{ hops }] }
    ]
  })
  const [, brown] = draft.quotes
  const reworded = async (input: object) => {
    t.equal((await client.patch(`/v1/quotes/${brown!.id}`, input)).status, 200)
    const after = (await client.get(`/v1/articles/${draft.id}?edition=draft`)).json<DraftArticle>()
    return shown(after, ['A', 'B'])
  }
  const rest = 'Maybe, Brown said. Maybe, Adams said. Done.'
  t.equal(
    await reworded({ kind: 'mixed' }),
    `{A|Never ever}, Adams said. {B|Never ever}, Brown said. ${rest}`
  )
  t.equal(
    await reworded({ text: 'Never' }),
    `{A|Never ever}, Adams said. {B|Never} ever, Brown said. ${rest}`
  )
  t.equal(
    await reworded({ text: 'Maybe' }),
    '{A|Never ever}, Adams said. Never ever, Brown said. {B|Maybe}, Brown said. Maybe, Adams said. Done.'
  )
  t.equal(
    await reworded({ text: 'Done' }),
    '{A|Never ever}, Adams said. Never ever, Brown said. Maybe, Brown said. Maybe, Adams said. {B|Done}.'
  )

  const fill = Array.from({ length: 120 }, (_, i) => `w${i}`).join(' ')
  const far = await client.draft({
    title: 'Far',
    body: { text: `Yes, he said. ${fill} No. Maybe. No.` },
    sources: [],
    quotes: [{ text: 'Yes', attributions: [{ hops }] }]
  })
  await client.patch(`/v1/quotes/${far.quotes[0]!.id}`, { text: 'No' })
  t.match(await codes(client, far), [{ code: 'anchor-ambiguous' }], 'nothing tells which')
})

t.test('claims stay at their words too, and may share their only place', async (t) => {
  const client = await app(t)
  const claims = (n: number) => Array.from({ length: n }, () => ({ claim: 'it stays', hops }))
  const draft = (text: string, attributions: NewStory['attributions']) =>
    client.draft({ title: 'Claimed', body: { text }, sources: [], quotes: [], attributions })
  const two = await draft('Adams says it stays. Brown says it stays.', claims(2))
  t.equal(shown(two, ['A', 'B']), 'Adams says {A|it stays}. Brown says {B|it stays}.')
  const swapped = await resent(client, two, 'Brown says it stays. Adams says it stays.')
  t.equal(shown(swapped, ['A', 'B']), 'Brown says {B|it stays}. Adams says {A|it stays}.')
  const shared = await draft('Two clerks say it stays.', claims(2))
  t.equal(shown(shared, ['A', 'B']), 'Two clerks say {A+B|it stays}.')
  const moved = await resent(client, shared, 'It was late. Two clerks say it stays. It stays, they say.')
  t.equal(shown(moved, ['A', 'B']), 'It was late. Two clerks say {A+B|it stays}. It stays, they say.')
  await client.post(`/v1/articles/${shared.id}/attributions`, { claim: 'it stays', hops })
  const added = await client.get(`/v1/articles/${shared.id}?edition=draft`)
  t.match(shown(added.json<DraftArticle>(), ['A', 'B', 'C']), '{A+B+C|it stays}')
  await client.patch(`/v1/attributions/${shared.attributions[0]!.id}`, { claim: 'they say' })
  await client.patch(`/v1/attributions/${shared.attributions[0]!.id}`, { claim: 'it stays' })
  const back = await client.get(`/v1/articles/${shared.id}?edition=draft`)
  t.match(shown(back.json<DraftArticle>(), ['A', 'B', 'C']), '{B+C+A|it stays}')

  const [first] = two.attributions
  await client.patch(`/v1/attributions/${first!.id}`, { hops: [{ ...hops[0], relation: 'confirmed' }] })
  const after = await client.get(`/v1/articles/${two.id}?edition=draft`)
  t.equal(
    shown(after.json<DraftArticle>(), ['A', 'B']),
    shown(swapped, ['A', 'B']),
    'another chain moves nothing'
  )
})

t.test('words are the same whatever their quotation marks, dashes, spaces and code points', async (t) => {
  const client = await app(t)
  const same: [body: string, quote: string][] = [
    ['Don’t do it', "Don't do it"],
    ['He said ‘no’ twice', 'He said "no" twice'],
    ['Il a dit « non » deux fois', "Il a dit ''non'' deux fois"],
    ['No — never', 'No – never'],
    ['No--never', 'No—never'],
    ['Caf\u00E9 closed', 'Cafe\u0301 closed'],
    ['Do\u00ADnau\u200Bdampf\u200B \u200B ships', 'Donaudampf  ships'],
    ['Well… yes', 'Well... yes'],
    ['It stays, she said, for good', 'It stays … for good'],
    ['漢字「不」と言った', '不'],
    ['Ahoi 🚢\uFE0F there 🏴', '🚢 there 🏴'],
    ['A \u0301b', 'A \u0301b']
  ]
  for (const [text, words] of same) {
    const { id } = await client.draft({ title: 'Same', body: { text }, sources: [], quotes: [] })
    const made = await client.post(`/v1/articles/${id}/quotes`, { text: words, attributions: [{ hops }] })
    t.equal(made.status, 201, text)
    t.equal(made.json<{ text: string }>().text, words, 'and stay byte for byte')
    t.same(await codes(client, { id }), [])
  }
  const { id } = await client.draft({
    title: 'Other',
    body: { text: 'cafés, Kafe\u0301s' },
    sources: [],
    quotes: []
  })
  for (const words of ['café', 'Kafe', 'afé', '—'])
    t.equal((await client.post(`/v1/articles/${id}/quotes`, { text: words })).status, 422, words)
})

t.test('where words are not found, the nearest are shown', async (t) => {
  const client = await app(t)
  const refused = async (text: string, words: string) => {
    const { id } = await client.draft({ title: 'Near', body: { text }, sources: [], quotes: [] })
    const answer = await client.post(`/v1/articles/${id}/quotes`, { text: words })
    t.equal(answer.status, 422)
    return answer.json<Problem>().errors![0]!.detail
  }
  const ferry = 'First a word.\n\nThe ferry will keep\n\nsailing, she said. The board agreed to the budget.'
  t.match(
    await refused(ferry, 'The ferry may keep sailing'),
    /nearest that do are “The ferry will keep sailing”\. Make its text/
  )
  t.match(
    await refused(ferry, 'the Board agreed to a Budget'),
    /nearest that do are “The board agreed to the budget”\./
  )
  t.match(
    await refused(ferry, 'ferry ferry will keep going'),
    /nearest that do are “word\. The ferry will keep”/
  )
  t.match(
    await refused(ferry, 'Something else entirely'),
    /do not stand in the body of the article\. Make its text/
  )
  t.match(await refused('', 'Never'), /article\. Make its text/)
  t.match(await refused(ferry, '—'), /article\. Make its text/)

  const story = { title: 'Sent', body: { text: ferry }, quotes: [{ text: 'A word' }] }
  const answer = await client.post('/v1/articles', story)
  t.match(answer.json<Problem>().errors, [
    { pointer: '/quotes/0/text', detail: /The nearest that do are “a word”/ }
  ])
})

t.test('an anchor under which no words stand is none', async (t) => {
  const client = await app(t)
  const { id } = await story(client, 'Never, Adams said.', [])
  await client.post(`/v1/articles/${id}/quotes`, { text: 'Never', attributions: [{ hops }] })
  const [quote] = (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>().quotes
  const body = [
    {
      _type: 'block',
      markDefs: [{ _type: 'quote', _key: 'm', quoteId: quote!.id }],
      children: [
        { _type: 'span', text: 'Never' },
        { _type: 'span', text: ' ', marks: ['m'] },
        { _type: 'span', text: 'Adams said.' }
      ]
    }
  ]
  const changed = await client.patch(`/v1/articles/${id}`, { body })
  t.equal(changed.status, 200)
  t.equal(shown(changed.json<DraftArticle>(), ['A']), 'Never{A| }Adams said.')
  const again = await client.patch(`/v1/articles/${id}`, { body: { text: 'Never. So Adams said.' } })
  t.equal(
    shown(again.json<DraftArticle>(), ['A']),
    '{A|Never}. So Adams said.',
    'it stands at its words again'
  )
})

t.test('texts that repeat themselves all over are looked for within bounds', async (t) => {
  const client = await app(t)
  const body = { text: `${'a '.repeat(100)}b `.repeat(800) }
  const near = `${`${'a '.repeat(100)}b `.repeat(15)}b`
  const quotes = Array.from({ length: 10 }, (_, i) => ({ text: `${'a '.repeat(i)}b ${near}` }))
  t.equal((await client.post('/v1/articles', { title: 'Not there', body, quotes })).status, 422)
  const often = { title: 'Often', body, quotes: [{ text: 'a a' }, { text: 'a' }, { text: 'b' }] }
  const made = (await client.post('/v1/articles', often)).json<DraftArticle>()
  t.equal(shown(made, ['A', 'B', 'C']), body.text.trim(), 'none of so many places is it')
})

t.test('anchors within the cells of a table stay there', async (t) => {
  const client = await app(t)
  const cell = (text: string) => ({
    _type: 'cell',
    value: [{ _type: 'block', children: [{ _type: 'span', text }] }]
  })
  const table = (...rows: string[][]) => [
    { _type: 'table', rows: rows.map((cells) => ({ _type: 'row', cells: cells.map(cell) })) }
  ]
  const draft = await client.draft({
    title: 'Table',
    body: table(['Adams', 'Never'], ['Brown', 'Never']) as NewStory['body'],
    sources: [],
    quotes: [
      { text: 'Never', attributions: [{ hops }] },
      { text: 'Never', attributions: [{ hops }] }
    ]
  })
  t.equal(shown(draft, ['A', 'B']), 'Adams / {A|Never} / Brown / {B|Never}')
  const body = table(['Brown', 'Never'], ['Adams', 'Never'])
  const after = (await client.patch(`/v1/articles/${draft.id}`, { body })).json<DraftArticle>()
  t.equal(shown(after, ['A', 'B']), 'Brown / {B|Never} / Adams / {A|Never}')
})

const filler = fc.constantFrom('said', 'on', 'the', 'while', 'and', 'told', 'us', 'then', 'it')
const some = fc.array(filler, { maxLength: 4 })
const person = fc.record({ before: some, middle: some, after: some, first: fc.boolean() })
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never
const say = (name: string, { before, middle, after, first }: Person) =>
  (first
    ? [...before, name, ...middle, '“Never,”', ...after]
    : [...before, '“Never,”', ...middle, name, ...after]
  ).join(' ')

/** The quotes of a body, each with the paragraph it stands in. */
const placesIn = (body: Body) => {
  const texts = textsOf(body)
  return [...anchorsIn(body)].map(([name, { ranges, text }]) => {
    const block = texts[ranges[0]!.block]!
    return { name, text, line: block.children.map((span) => span.text).join('') }
  })
}

t.test('no quote ever comes to stand among the words of another with the same words', async () => {
  const edit = fc.record({
    people: fc.uniqueArray(fc.constantFrom(...'ABCDEF'), { minLength: 2 }),
    was: fc.array(person, { minLength: 6, maxLength: 6 }),
    is: fc.array(fc.option(person), { minLength: 6, maxLength: 6 }),
    order: fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1 })
  })
  const changed = fc.asyncProperty(edit, async ({ people, was, is, order }) => {
    const names = people.map((letter) => `${letter}dams`)
    const wanted = names.map((name) => ({ to: quoteAnchor(name), text: 'Never' }))
    const lines = names.map((name, i) => say(name, was[i]!))
    const first = await anchorAll(read({ text: lines.join('\n\n') }).body, wanted, { ordered: true })
    const old = first.body
    // Paragraphs move, go, change all words but the name, and paragraphs without a quote come in.
    const now = order.flatMap((i) =>
      names[i] ? say(names[i], is[i] ?? was[i]!) : `Never ${i} was the word.`
    )
    const { body } = await anchorAll(read({ text: now.join('\n\n') }).body, wanted, { old })
    for (const { name, line, text } of placesIn(body)) {
      if (text !== 'Never' || !line.includes(name.split(' ')[1]!))
        throw new Error(`${name} stands in ${line}`)
    }
    // Where no word has changed, nobody is lost.
    const there = new Set(placesIn(body).map(({ name }) => name))
    const whole = order.filter((i) => names[i] && is[i] === null)
    if (is.every((one) => one === null))
      for (const i of whole)
        if (!there.has(keyOfAnchor(wanted[i]!.to))) throw new Error(`${names[i]} is lost`)
  })
  await fc.assert(changed, { numRuns: 2000 })
})

t.test('an anchor is found again whatever changes elsewhere', async () => {
  const input = fc.record({
    line: person,
    before: fc.array(fc.array(filler, { minLength: 1 }), { maxLength: 5 }),
    after: fc.array(fc.array(filler, { minLength: 1 }), { maxLength: 5 }),
    rival: fc.boolean()
  })
  const found = fc.asyncProperty(input, async ({ line, before, after, rival }) => {
    const own = say('Adams', line)
    const wanted = [{ to: quoteAnchor('Adams'), text: 'Never' }]
    const { body: old } = await anchorAll(read({ text: own }).body, wanted)
    const others = [...before.map((words) => words.join(' ')), own, ...after.map((words) => words.join(' '))]
    const now = rival ? [...others, 'Never was the word of the day.'] : others
    const { body } = await anchorAll(read({ text: now.join('\n\n') }).body, wanted, { old })
    const [place] = placesIn(body)
    if (place?.line !== own) throw new Error(`it stands in ${place?.line}`)
  })
  await fc.assert(found, { numRuns: 1000 })
})

t.test(
  'no more quotes and claims stand on the same words, or in one paragraph, than a body may have',
  async (t) => {
    const { post } = await app(t)
    const hops = [{ unnamed: { description: 'one harbour official' }, relation: 'told' }]
    const story = (claims: string[], text: string) => ({
      title: 'Claims',
      body: { text },
      attributions: claims.map((claim) => ({ claim, hops }))
    })
    const same = (count: number) =>
      story(
        Array.from({ length: count }, () => 'the ferry stops'),
        'They say the ferry stops.'
      )
    t.equal((await post('/v1/articles', same(50))).status, 201)
    const crowded = await post('/v1/articles', same(51))
    t.equal(crowded.status, 422)
    t.match(crowded.json(), {
      detail: /At most 50 quotes, claims and other marks.*“the ferry stops” would have 51/
    })
    const numbers = Array.from({ length: 1000 }, (_, i) => `number ${i} sank`)
    const [said, claimed] = [numbers.slice(0, 500), numbers.slice(500)]
    const markdown = `${numbers.join(', ')}, [says the board](https://board.example/).`
    const long = await post('/v1/articles', {
      ...story(claimed, ''),
      body: { markdown },
      quotes: said.map((text) => ({ text, kind: 'indirect' }))
    })
    t.equal(long.status, 422)
    t.match(long.json(), { detail: /at most 1000 quotes, claims and links.*Make it several paragraphs/ })
  }
)

t.test('a quote that leaves words out stands where its parts follow one another most closely', async (t) => {
  const client = await app(t)
  const [ferry, islands] = ['The ferry sails', 'the islands wait']
  const text = `Now ${islands}. ${ferry}. ${ferry}, and ${islands}. ${ferry}.`
  const draft = await story(client, text, ['A'], `${ferry} ... ${islands}`)
  t.equal(shown(draft, ['A']), `Now ${islands}. ${ferry}. {A|${ferry}}, and {A|${islands}}. ${ferry}.`)
})

t.test('quotes of the same words, with and without the mark after them, have a place each', async (t) => {
  const client = await app(t)
  const quotes = ['It leaks.', 'It leaks'].map((text) => ({ text, attributions: [{ hops }] }))
  const body = { text: '“It leaks.” she said. “It leaks” again.' }
  const draft = await client.draft({ title: 'Said', body, sources: [], quotes })
  t.equal(shown(draft, ['A', 'B']), '“{A|It leaks.}” she said. “{B|It leaks}” again.')
})
