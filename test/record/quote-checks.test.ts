// Whether quotations are on record, and how they differ from it.
import t, { type Test } from 'tap'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import type { CheckedQuotation, QuoteCheck, QuoteVariants } from '../../src/record/quote-checks/schema.ts'
import { app, type Client } from '../support/app.ts'

const words = 'The ferry will keep sailing through the winter because the islands depend on it'
const newest = { headers: { 'if-match': '*' } }

/** A newsroom with two sources, and an article that quotes one of them. */
async function newsroom(t: Test) {
  const client = await app(t)
  const source = async (input: object) => (await client.post('/v1/sources', input)).json<{ id: string }>().id
  const board = await source({ kind: 'organization', name: 'Harbour Board' })
  const lind = await source({
    kind: 'person',
    name: 'Mara Lindqvist',
    aliases: ['Nightingale'],
    affiliationId: board
  })
  const brine = await source({ kind: 'person', name: 'Ole Brine' })
  const room = { ...client, lind, brine }
  return { ...room, id: await publish(room, quoting(words, lind)) }
}

const quoting = (text: string, sourceId: string, more: object = {}): NewStory => ({
  title: 'Late ferry keeps sailing',
  language: 'en',
  section: 'harbour',
  bylines: [{ name: 'Ida Reporter' }],
  body: { text: `“${text}.”` },
  quotes: [{ text, attributions: [{ hops: [{ sourceId, relation: 'said' }] }], ...more }]
})

async function publish({ post }: Pick<Client, 'post'>, story: NewStory): Promise<string> {
  const { id } = (await post('/v1/articles', story)).json<DraftArticle>()
  const { status, body } = await post(`/v1/articles/${id}/publish`, {}, newest)
  if (status !== 200) throw new Error(body)
  return id
}

/** What everybody is answered. */
async function checked({ post }: Pick<Client, 'post'>, sent: object): Promise<CheckedQuotation[]> {
  const answer = await post('/v1/quote-checks', sent, { token: null })
  if (answer.status !== 200) throw new Error(answer.body)
  return answer.json<QuoteCheck>().quotations
}

const verdicts = (quotations: CheckedQuotation[]) =>
  quotations.map(({ verdict, speaker, words }) => [verdict, speaker, words])

t.test('every quotation of a text is looked for on record', async (t) => {
  const room = await newsroom(t)
  const answer = await room.post(
    '/v1/quote-checks',
    {
      text: `“${words},” harbour master Mara Lindqvist said.

“The ferry will sail through the winter since the islands depend on it,” Lindqvist said on Monday.

“${words},” said Ole Brine, who owns a boat.

“Nobody asked the islands what they think of all this at any time,” Ole Brine said.

“The ferry will keep sailing through the winter” was written on a wall.`
    },
    { token: null }
  )
  t.equal(answer.headers['cache-control'], 'no-store')
  const { quotations } = answer.json<QuoteCheck>()
  t.same(verdicts(quotations), [
    ['verbatim', 'Mara Lindqvist', words],
    ['altered', 'Lindqvist', 'The ferry will sail through the winter since the islands depend on it'],
    ['misattributed', 'Ole Brine', words],
    ['unknown', 'Ole Brine', 'Nobody asked the islands what they think of all this at any time'],
    ['verbatim', null, 'The ferry will keep sailing through the winter']
  ])
  const [verbatim, altered, misattributed, unknown] = quotations
  t.match(verbatim!.matches, [
    {
      words,
      sources: [{ id: room.lind, name: 'Mara Lindqvist' }],
      article: { id: room.id, title: 'Late ferry keeps sailing' },
      changed: 0,
      difference: [{ text: words }]
    }
  ])
  t.same(altered!.matches[0]!.difference, [
    { text: 'The ferry will ' },
    { text: 'keep sailing ', change: 'removed' },
    { text: 'sail ', change: 'added' },
    { text: 'through the winter ' },
    { text: 'because ', change: 'removed' },
    { text: 'since ', change: 'added' },
    { text: 'the islands depend on it' }
  ])
  t.equal(altered!.matches[0]!.changed, 3)
  t.same(misattributed!.matches[0]!.sources, [{ id: room.lind, name: 'Mara Lindqvist' }])
  t.same(unknown!.matches, [])
  const html = `<p>“${words},” <b>Mara Lindqvist</b> said.</p>`
  t.same(verdicts(await checked(room, { html })), [['verbatim', 'Mara Lindqvist', words]], 'as HTML')
  t.same(await checked(room, { text: 'Nobody is quoted here.' }), [])
})

t.test('what an alteration is', async (t) => {
  const room = await newsroom(t)
  await publish(room, quoting('It is late ... and the boats are at sea tonight', room.brine))
  await publish(room, quoting('We asked [the board] whether it would ever answer the islanders', room.brine))
  await publish(room, quoting('I resign', room.brine))
  await publish(room, quoting('½ of the crew never came home again, my friend', room.brine))
  await publish(
    room,
    quoting('They sold the old lighthouse to strangers', room.brine, {
      verbatim: 'They have gone and sold the old lighthouse to some strangers'
    })
  )
  await publish(room, quoting('船は冬の間も毎日島へ行きます', room.brine))
  const cases: [words: string, speaker: string | null, verdict: string, changed?: number][] = [
    [words.toUpperCase(), null, 'verbatim', 0],
    [`${words.replaceAll(' ', '  ')}!`, 'M. Lindqvist', 'verbatim', 0],
    ['The ferry will keep sailing ... because the islands depend on it', 'Lindqvist', 'verbatim', 0],
    ['... keep sailing through the winter ...', null, 'verbatim', 0],
    ['The ferry will keep sailing because the islands depend on it', 'Lindqvist', 'altered', 3],
    ['It is late and the boats are at sea tonight', null, 'altered', 1],
    ['It is late ... and the boats are at sea tonight', null, 'verbatim', 0],
    ['It is late [...] and the boats are at sea tonight', null, 'verbatim', 0],
    ['We asked the board whether it would ever answer the islanders', null, 'altered', 2],
    ['We asked [the board] whether it would ever answer the islanders', null, 'verbatim', 0],
    ['½ of the crew never came home again, my friend', null, 'verbatim', 0],
    ['They have gone and sold the old lighthouse to some strangers', 'Ole Brine', 'verbatim', 0],
    ['They sold the old lighthouse to strangers', 'Ole Brine', 'verbatim', 0],
    ['船は冬の間も毎日島へ行きます', null, 'verbatim', 0],
    ['船は冬の間も毎週島へ行きます', null, 'altered', 1],
    ['I resign', 'Brine', 'verbatim', 0],
    ['I resign', 'Captain Ole Brine', 'verbatim', 0],
    ['I resign', 'Captain O. Brine', 'verbatim', 0],
    ['I resign', 'Mara Lindqvist', 'unknown'],
    ['I will resign', 'Brine', 'unknown'],
    ['sailing', null, 'unknown'],
    ['—', null, 'unknown'],
    [words, 'Harbour Board', 'verbatim', 0],
    [words, 'HB', 'verbatim', 0],
    [words, 'Nightingale', 'misattributed', 0],
    [words, 'Ida Lindqvist', 'misattributed', 0],
    [words, 'Lindqvist Mara', 'verbatim', 0]
  ]
  const quotations = await checked(room, {
    quotations: cases.map(([words, speaker]) => ({ words, speaker }))
  })
  for (const [i, [words, speaker, verdict, changed]] of cases.entries())
    t.same(
      [quotations[i]!.verdict, quotations[i]!.matches[0]?.changed],
      [verdict, changed],
      `${words} (${speaker ?? 'nobody'})`
    )
  const [bracket] = await checked(room, {
    quotations: [{ words: '“We asked (them) whether it would ever answer [the] islanders.”' }]
  })
  t.same(bracket!.matches[0]!.difference, [
    { text: '“We asked ' },
    { text: '[the board] ', change: 'removed' },
    { text: '(them) ', change: 'added' },
    { text: 'whether it would ever answer ' },
    { text: 'the ', change: 'removed' },
    { text: '[the] ', change: 'added' },
    { text: 'islanders.”' }
  ])
})

t.test('what is withdrawn, changed or a draft is not on record', async (t) => {
  const room = await newsroom(t)
  const ask = async () => verdicts(await checked(room, { quotations: [{ words }] }))[0]![0]
  const secret = 'Nobody may know before Friday that the canary sings in the cellar'
  await room.draft(quoting(secret, room.lind))
  const canary = async (options: object) =>
    (await room.post('/v1/quote-checks', { quotations: [{ words: secret }] }, options)).json<QuoteCheck>()
  t.strictSame((await canary({ token: null })).quotations, [
    { words: secret, speaker: null, verdict: 'unknown', matches: [] }
  ])
  t.same(await canary({}), await canary({ token: null }), 'a token changes nothing of it')
  t.equal(await ask(), 'verbatim')
  await room.patch(`/v1/articles/${room.id}`, {
    body: { text: '“The boats have all been sold to strangers and will never come back.”' }
  })
  const [quote] = (await room.get(`/v1/articles/${room.id}?edition=draft`)).json<DraftArticle>().quotes
  await room.patch(`/v1/quotes/${quote!.id}`, {
    text: 'The boats have all been sold to strangers and will never come back.'
  })
  t.equal(await ask(), 'verbatim', 'before the draft is published')
  await room.post(`/v1/articles/${room.id}/publish`, {}, newest)
  t.equal(await ask(), 'unknown', 'once it is')
  const other = await publish(room, quoting(words, room.lind))
  t.equal(await ask(), 'verbatim')
  await room.post(`/v1/articles/${other}/withdraw`, {}, newest)
  t.equal(await ask(), 'unknown', 'once that is withdrawn')
  await room.post(`/v1/articles/${other}/publish`, {}, newest)
  t.equal(await ask(), 'verbatim', 'published again')
})

t.test('a quotation over several paragraphs is one, and none of it stands there twice', async (t) => {
  const room = await newsroom(t)
  const text = `“The boat sinks every time it rains.

“All of it goes down,” said Ole Brine.

“No boat without a crane” was written on a wall. “No crane without a boat” was written below.`
  t.same(
    (await checked(room, { text })).map(({ speaker, words }) => [words, speaker]),
    [
      ['The boat sinks every time it rains. All of it goes down', 'Ole Brine'],
      ['No boat without a crane', null],
      ['No crane without a boat', null]
    ]
  )
})

t.test('a draft is checked by the desk', async (t) => {
  const room = await newsroom(t)
  const { id } = await room.draft({
    ...quoting(`${words} each year`, room.lind),
    body: { text: `“${words} each year.”\n\n“${words},” said Nightingale.` }
  })
  const answer = await room.post('/v1/quote-checks?edition=draft', { articleId: id })
  t.equal(answer.headers['cache-control'], 'private, no-store')
  t.same(verdicts(answer.json<QuoteCheck>().quotations), [
    ['altered', 'Mara Lindqvist', `${words} each year`],
    ['verbatim', 'Nightingale', words]
  ])
  const own = await room.post('/v1/quote-checks?edition=draft', { articleId: room.id })
  t.same(
    verdicts(own.json<QuoteCheck>().quotations),
    [['unknown', 'Mara Lindqvist', words]],
    'in all other articles'
  )
  const refused = await room.post('/v1/quote-checks', { articleId: id })
  t.match(refused.json<Problem>(), {
    status: 422,
    errors: [{ pointer: '/articleId', detail: /edition=draft/ }]
  })
  t.equal((await room.post('/v1/quote-checks?edition=draft', { articleId: id }, { token: null })).status, 401)
  const { token } = await room.token('moderator')
  t.equal((await room.post('/v1/quote-checks?edition=draft', { articleId: id }, { token })).status, 403)
  const nobody = { articleId: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c' }
  t.equal((await room.post('/v1/quote-checks?edition=draft', nobody)).status, 404)
})

t.test('the desk is told of the same words in drafts, and nobody else', async (t) => {
  const room = await newsroom(t)
  const secret = 'Nobody may know before Friday that the canary sings in the cellar'
  const { id } = await room.draft(quoting(secret, room.lind))
  const ask = async (sent: object, options: object = {}) =>
    (await room.post('/v1/quote-checks?edition=draft', sent, options)).json<QuoteCheck>().quotations
  const [one] = await ask({ quotations: [{ words: secret.replace('sings', 'dances') }] })
  t.match(one, {
    verdict: 'unknown',
    matches: [],
    drafts: [
      {
        words: secret,
        changed: 1,
        sources: [{ id: room.lind, name: 'Mara Lindqvist' }],
        article: { id, title: 'Late ferry keeps sailing', status: 'draft' },
        difference: [{}, { text: 'sings ', change: 'removed' }, { text: 'dances ', change: 'added' }, {}]
      }
    ]
  })
  t.match(await ask({ articleId: id }), [{ words: secret, drafts: [] }], 'in all other drafts')
  const chains = (sent: object[]) => ({ ...quoting(secret, room.lind).quotes![0], attributions: sent })
  const clerk = { unnamed: { description: 'a clerk', reason: 'She fears for her job.', basis: 'fact' } }
  const second = await room.draft({
    ...quoting(secret, room.lind),
    quotes: [
      chains([
        { hops: [{ ...clerk, relation: 'told', terms: 'background' }] },
        { hops: [{ articleId: room.id, relation: 'reported' }] }
      ])
    ] as NewStory['quotes']
  })
  t.match(await ask({ articleId: id }), [
    { drafts: [{ article: { id: second.id }, sources: [{ id: null, name: 'a clerk' }] }] }
  ])
  t.match(await ask({ articleId: second.id }), [
    { words: secret, speaker: null, drafts: [{ article: { id } }] }
  ])
  const words1 = async (words: string) =>
    (await ask({ quotations: [{ words }] }))[0]!.drafts!.map(({ article }) => article.id)
  t.same(await words1('…'), [], 'without words')
  t.same(await words1('Nevermore'), [])
  const never = await room.draft(quoting('Nevermore', room.lind))
  t.same(await words1('Nevermore'), [never.id])
  t.same(await words1('Friday canary'), [], 'too little of it')

  t.same(await words1(words), [], 'what is as it is published is on record')
  await room.patch(`/v1/articles/${room.id}`, { title: 'Another title' })
  t.same(await words1(words), [], 'the words are still the same')
  const changed = words.replace('winter', 'summer')
  await room.patch(`/v1/articles/${room.id}`, { body: { text: `“${changed}.”` } })
  const [quote] = (await room.get(`/v1/articles/${room.id}?edition=draft`)).json<DraftArticle>().quotes
  await room.patch(`/v1/quotes/${quote!.id}`, { text: changed })
  t.match(await ask({ quotations: [{ words }] }), [
    { verdict: 'verbatim', drafts: [{ quoteId: quote!.id, words: changed, changed: 1 }] }
  ])
  await room.remove(`/v1/articles/${second.id}`)
  t.same(await words1(secret), [id], 'what is in the trash is nowhere')
  const [open] = (await room.post('/v1/quote-checks', { quotations: [{ words: secret }] })).json<QuoteCheck>()
    .quotations
  t.notOk('drafts' in open!, 'a token alone tells nothing of drafts')
})

t.test('words are found whatever their number, kind and company', async (t) => {
  const room = await newsroom(t)
  t.match(await checked(await app(t), { quotations: [{ words }] }), [{ verdict: 'unknown' }], 'of none')
  await publish(room, quoting('Nevermore', room.brine))
  await publish(room, quoting('so it is as it is', room.brine))
  const said = (i: number) => `We all know that the harbour of pier ${i} is the best on the whole coast`
  const many = Array.from({ length: 30 }, (_, i) => said(i))
  const story = {
    ...quoting(words, room.brine),
    body: { text: many.map((text) => `“${text}.”`).join('\n\n') },
    quotes: many.flatMap((text) => quoting(text, room.brine).quotes!)
  }
  const id = await publish(room, story)
  const ends = ['June', 'July', 'August', 'spring', 'autumn', 'summer']
  const alike = ends.map((end) => `The ferry will keep sailing through ${end}`)
  await publish(room, {
    ...quoting(words, room.brine),
    body: { text: alike.map((text) => `“${text}.”`).join('\n\n') },
    quotes: alike.flatMap((text) => quoting(text, room.brine).quotes!)
  })
  await publish(room, quoting('Schooner drawbridge lighthouse keeper', room.brine))
  const speech = Array.from({ length: 30 }, (_, i) => `thousand${i} islanders waited`).join(' and ')
  await publish(room, quoting(speech, room.brine))
  await publish(room, {
    ...quoting('The drawbridge operator was asleep when the schooner came in', room.brine),
    quotes: [
      {
        text: 'The drawbridge operator was asleep when the schooner came in',
        attributions: [
          {
            hops: [
              {
                unnamed: { description: 'a harbour clerk', reason: 'She fears for her job.', basis: 'fact' },
                relation: 'said',
                terms: 'background'
              }
            ]
          }
        ]
      }
    ]
  })
  const clerk = { description: 'a harbour clerk', reason: 'She fears for her job.', basis: 'fact' as const }
  const passedOn = 'The schooner sank before anybody on the pier had noticed'
  await publish(room, {
    ...quoting(passedOn, room.brine),
    quotes: [
      {
        text: passedOn,
        attributions: [
          {
            hops: [
              { unnamed: clerk, relation: 'told', terms: 'background' },
              { sourceId: room.brine, relation: 'said' }
            ]
          }
        ]
      }
    ]
  })
  const lines = Array.from({ length: 40 }, (_, i) => `Line${i}burgh`)
  const promise = (line: string) =>
    `The minister promised that ${line} would carry passengers before winter ends`
  await publish(room, {
    ...quoting(words, room.brine),
    body: { text: lines.map((line) => `“${promise(line)}.”`).join('\n\n') },
    quotes: lines.flatMap((line) => quoting(promise(line), room.brine).quotes!)
  })
  const cases: [words: string, speaker: string | null, verdict: string][] = [
    ['Nevermore', null, 'verbatim'],
    ['so it is as it is', null, 'verbatim'],
    ['Schooner drawbridge lighthouse builder', null, 'unknown'],
    [words, null, 'verbatim'],
    [said(29), null, 'verbatim'],
    ['We know that the harbour of pier 29 is the best on the coast', null, 'altered'],
    [speech, null, 'verbatim'],
    ['Nobody thousand1 islanders ever thought of anything that anybody wrote', null, 'unknown'],
    ['The drawbridge operator slept when the schooner came in', 'Ole Brine', 'altered'],
    [`${words} and nobody has ever asked them whether they really do`, null, 'altered'],
    [said(0), null, 'verbatim'],
    [passedOn, 'Ole Brine', 'verbatim'],
    [passedOn, 'Mara Lindqvist', 'misattributed'],
    [`Our minister promised that ${lines[0]} would carry passengers until winter ends`, null, 'altered']
  ]
  const quotations = cases.map(([words, speaker]) => ({ words, speaker }))
  const found = await checked(room, { quotations })
  t.same(
    verdicts(found),
    cases.map(([words, speaker, verdict]) => [verdict, speaker, words])
  )
  t.equal(found.at(-1)!.matches[0]!.words, promise(lines[0]!), 'the oldest of forty that differ in a word')
  t.match(found[8]!.matches, [{ sources: [{ id: null, name: 'a harbour clerk' }] }])
  await room.patch(`/v1/articles/${id}`, { summary: 'Nothing of it was changed.' })
  await room.post(`/v1/articles/${id}/publish`, {}, newest)
  const [again] = await checked(room, { quotations: [{ words: said(29) }] })
  t.equal(again!.verdict, 'verbatim', 'published again with the same quotes')
  const long = `${'Nobody was there to see the boats come in that day. '.repeat(90)}\n\n“${words},” said Mara Lindqvist.`
  t.match(await checked(room, { text: long, language: 'en' }), [{ verdict: 'verbatim' }], 'in another thread')
})

t.test('what is too much, or not one thing, is refused in words', async (t) => {
  const { post } = await app(t)
  const refusal = async (sent: object) =>
    (await post('/v1/quote-checks', sent, { token: null })).json<Problem>()
  t.match(await refusal({}), { status: 422, detail: /one of text, html, quotations and articleId, not none/ })
  t.match(await refusal({ text: 'x', html: 'y' }), { status: 422, errors: [{ pointer: '/html' }] })
  t.match(await refusal({ text: 'word '.repeat(5000) }), { status: 413, detail: /20480 bytes/ })
  const many = Array.from({ length: 51 }, (_, i) => `“These are the words of number ${i},” she said.`)
  t.match(await refusal({ text: many.join('\n\n') }), { status: 422, detail: /51 quotations in it, and 50/ })
  t.match(await refusal({ quotations: many.map((words) => ({ words })) }), { status: 400 })
})

t.test('words that a dash or a block sets apart are told in the order of the text', async (t) => {
  const { post } = await newsroom(t)
  const text = [
    '– Ferja skal gå hele vinteren, sier Mara Lindqvist.',
    '“Så lenge øyene trenger det,” sier Ole Brine.',
    '– Det er bra for alle som bor her, sier Mara Lindqvist.'
  ]
  const quotations = await checked({ post }, { text: text.join('\n\n'), language: 'nb' })
  t.same(
    quotations.map(({ words }) => words),
    ['Ferja skal gå hele vinteren', 'Så lenge øyene trenger det', 'Det er bra for alle som bor her']
  )
})

t.test('long texts are read in a thread, and some wait for it', async (t) => {
  const { post } = await app(t, { config: { ONRECORD_THREADS: 1 } })
  const text = `“${words},” Mara Lindqvist said.\n\n`.repeat(60)
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => post('/v1/quote-checks', { text }, { token: null }))
  )
  const busy = answers.filter(({ status }) => status === 503)
  t.ok(busy.length > 0)
  t.match(busy[0]!.json<Problem>(), { type: '/problems/busy' })
  t.equal(busy[0]!.headers['retry-after'], '2')
  t.ok(busy.length < answers.length, 'the others are answered')
})

t.test('checks have a budget of their own', async (t) => {
  const { post, read } = await app(t, { config: { ONRECORD_RATE_LIMIT: '0.1' } })
  const ask = (options: object) => post('/v1/quote-checks', { text: 'Nothing.' }, options)
  for (let i = 0; i < 3; i++) t.equal((await ask({ token: null })).status, 200)
  const refused = await ask({ token: null })
  t.match(refused.json<Problem>(), { status: 429, detail: /The budget quote-checks is 3 a minute/ })
  t.equal((await ask({})).status, 200, 'with a token it is that of its role')
  t.equal((await read('/v1/articles')).status, 200)
})

t.test('a quote has variants: the same words elsewhere, and how they drifted', async (t) => {
  const room = await newsroom(t)
  const [first] = (await room.read(`/v1/articles/${room.id}`)).json<DraftArticle>().quotes
  const url = `/v1/quotes/${first!.id}/variants`
  t.same((await room.read(url)).json<QuoteVariants>(), { quoteId: first!.id, words, variants: [] })
  const drifted = words.replace('because', 'since')
  await publish(room, quoting(words, room.brine))
  const other = await publish(room, quoting(drifted, room.lind))
  const found = async () => (await room.read(url)).json<QuoteVariants>().variants
  t.match(await found(), [
    { words, changed: 0, sources: [{ name: 'Ole Brine' }] },
    {
      words: drifted,
      changed: 1,
      sources: [{ name: 'Mara Lindqvist' }],
      article: { id: other },
      difference: [
        { text: 'The ferry will keep sailing through the winter ' },
        { text: 'since ', change: 'removed' },
        { text: 'because ', change: 'added' },
        { text: 'the islands depend on it' }
      ]
    }
  ])
  await room.post(`/v1/articles/${other}/withdraw`, {}, newest)
  t.equal((await found()).length, 1, 'what is withdrawn is none')
  await room.post(`/v1/articles/${room.id}/withdraw`, {}, newest)
  t.equal((await room.read(url)).status, 410)
  t.equal((await room.read('/v1/quotes/quo_01k9v3w8zhe5ra4gxm7y2bqd6c/variants')).status, 404)
})
