// The newsroom publishes: what goes out is complete, what is not published does not show, and what is withdrawn
// is gone.
import t, { type Test } from 'tap'
import type { Article, DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { checks } from '../../src/publishing/checks/list.ts'
import { app, type Client, ferry } from '../support/app.ts'

/** A story with everything a story can have. `canary` marks what nobody else would say. */
const dossier = {
  slug: 'canary-pumps',
  title: 'Pumps fail before the canary tide',
  dek: 'A dek',
  summary: 'A summary',
  language: 'en-x-canary',
  section: 'canary-harbour',
  tags: ['canary-tag', 'budget'],
  dateline: 'PORT ALDIS',
  bylines: [
    { sourceId: 'sorring', name: 'Edda Sorring', role: 'correspondent' },
    { name: 'Canary Stringer' }
  ],
  leadMediaId: 'lead',
  origin: { publisher: 'The Courier', url: 'https://courier.example/1', copyrightNotice: '© 2026 Courier' },
  canonicalUrl: 'https://courier.example/1',
  extra: { canary: { deep: [1, null, 'x'] } },
  body: {
    markdown: [
      '"The pumps will hold," Mara Lindqvist said. "Nobody need leave."',
      '![](inside)',
      'The pumps run at half power, and a second board member spoke of luck.',
      '![](film)'
    ].join('\n\n')
  },
  sources: [
    { key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist', affiliationId: 'board', notes: 'secret' },
    { key: 'board', kind: 'organization', name: 'Harbour Board', affiliationId: 'ministry' },
    { key: 'ministry', kind: 'organization', name: 'Ministry', sameAs: ['https://ministry.example'] },
    { key: 'sorring', kind: 'person', name: 'Edda Sorring', role: 'reporter', notes: 'secret' },
    { key: 'report', kind: 'document', name: 'Pump report', url: 'https://board.example/report.pdf' },
    { key: 'bystander', kind: 'person', name: 'Nobody Asked', notes: 'secret' }
  ],
  media: [
    {
      key: 'lead',
      kind: 'image',
      url: 'https://pictures.example/lead.jpg',
      caption: 'The pumps',
      alt: 'Pumps',
      width: 1200,
      height: 800,
      capturedAt: '2026-10-01T10:00:00Z',
      digitalSourceType: 'digitalCapture',
      credits: [
        {
          creditLine: 'Ana Canary/Harbour Wire/Coast Images',
          creators: ['Ana Canary'],
          suppliers: ['Canary Wire', 'Coast Images'],
          copyrightNotice: '© Canary Wire',
          copyrightHolder: 'Canary Wire',
          licence: { name: 'Editorial', url: 'https://coast.example/licence' },
          usageTerms: 'No covers',
          acquireLicensePage: 'https://coast.example/buy',
          expiresAt: '2031-01-01T00:00:00+01:00',
          territories: ['Norway']
        },
        { creditLine: 'Retouched by Bo Canary', creators: ['Bo Canary'] }
      ]
    },
    { key: 'inside', kind: 'image', credits: [{ creditLine: 'Ana Canary', creators: ['Ana Canary'] }] },
    { key: 'film', kind: 'video', url: 'https://pictures.example/film.mp4' },
    { key: 'unused', kind: 'image', caption: 'Not shown' }
  ],
  quotes: [
    {
      text: 'The pumps will hold ... Nobody need leave.',
      alterations: [{ kind: 'ellipsis', note: 'shortened' }],
      attributions: [
        { hops: [{ sourceId: 'lindqvist', relation: 'said', at: '2026-10-02T08:00:00+02:00' }] },
        {
          hops: [
            { sourceId: 'report', relation: 'published', url: 'https://board.example/report.pdf' },
            { sourceId: 'lindqvist', relation: 'wrote', terms: 'background' }
          ]
        }
      ]
    },
    {
      text: 'They had been lucky.',
      kind: 'indirect',
      display: 'block',
      language: 'nb-x-canary',
      verbatim: 'Vi var heldige.',
      attributions: [
        {
          hops: [
            { sourceId: 'board', relation: 'reported' },
            {
              unnamed: { description: 'a second board member', count: 1, basis: 'fact' },
              relation: 'told'
            }
          ]
        }
      ]
    }
  ],
  attributions: [
    { claim: 'The pumps run at half power', hops: [{ sourceId: 'report', relation: 'first_reported' }] }
  ]
} satisfies NewStory

const forms = ['', '?body=portable-text', '?body=html', '?body=markdown', '?body=text']

/** Every address under which the public could meet something of this article, and every list with every filter. */
function addresses(
  article: Article,
  more: { corrections?: string[]; comments?: string[]; slugs?: string[] } = {}
) {
  const attributions = [
    ...article.quotes.flatMap(({ attributions }) => attributions),
    ...article.attributions
  ]
  const credits = article.media.flatMap(({ credits }) => credits)
  const { id } = article
  const [source, quote, media] = [article.sources[0]!.id, article.quotes[0]!.id, article.media[0]!.id]
  const since = 'publishedAt.gte=2000-01-01T00:00:00Z'
  const until = 'publishedAt.lt=2100-01-01T00:00:00Z'
  const ones = [
    ...[id, article.slug, ...(more.slugs ?? [])].flatMap((name) =>
      forms.map((form) => `articles/${name}${form}`)
    ),
    `articles/${id}/comments`,
    ...article.quotes.map(({ id }) => `quotes/${id}`),
    ...attributions.map(({ id }) => `attributions/${id}`),
    ...article.sources.map(({ id }) => `sources/${id}`),
    ...article.media.map(({ id }) => `media/${id}`),
    ...credits.map(({ id }) => `media-credits/${id}`),
    ...(more.corrections ?? []).map((id) => `corrections/${id}`),
    ...(more.comments ?? []).map((id) => `comments/${id}`)
  ].map((path) => `/v1/${path}`)
  const lists = {
    articles: [
      'section=canary-harbour',
      'tag=canary-tag',
      'author=Canary%20Stringer',
      `author=${article.bylines[0]?.sourceId}`,
      `source=${source}`,
      'language=en-x-canary',
      since,
      until
    ],
    quotes: [`article=${id}`, `source=${source}`, 'kind=direct', 'language=nb-x-canary', since, until],
    attributions: [
      `article=${id}`,
      `quote=${quote}`,
      `source=${source}`,
      'relation=said',
      'unnamed=true',
      'unnamed=false'
    ],
    sources: ['kind=person', `article=${id}`],
    media: ['kind=image', `article=${id}`],
    'media-credits': ['creator=Ana%20Canary', 'supplier=Canary%20Wire', `media=${media}`, `article=${id}`],
    corrections: [`article=${id}`, 'kind=update'],
    comments: [`article=${id}`, ...(more.comments ?? []).map((id) => `parent=${id}`)]
  }
  const pages = Object.entries(lists).flatMap(([name, filters]) =>
    ['', 'limit=1', ...filters, filters.slice(0, 2).join('&')].map((query) => `/v1/${name}?${query}`)
  )
  return { ones, lists: pages }
}

/** What the public is answered at each of these addresses, but for the date and the request id. */
async function seen({ read }: Pick<Client, 'read'>, urls: string[]) {
  const answers: Record<string, object> = {}
  for (const url of urls) {
    const { status, headers, body } = await read(url)
    const { date: _d, 'x-request-id': _r, ...rest } = headers
    answers[url] = { status, headers: rest, body }
  }
  return answers
}

const publishedBy = async ({ post, read }: Client, { id }: { id: string }) => {
  const answer = await post(`/v1/articles/${id}/publish`)
  if (answer.status !== 200) throw new Error(answer.body)
  return (await read(`/v1/articles/${id}`)).json<Article>()
}

/** A failed check, in a problem. */
type Failed = Pick<NonNullable<Problem['errors']>[number], 'code' | 'pointer' | 'detail'>

/** Fails unless publishing is refused with exactly these failed checks, and changes nothing. */
async function refused(t: Test, client: Client, { id }: { id: string }, errors: Required<Failed>[]) {
  const draft = `/v1/articles/${id}?edition=draft`
  const before = [(await client.get(draft)).body, (await client.read(`/v1/articles/${id}`)).body]
  const answer = await client.post(`/v1/articles/${id}/publish`)
  t.equal(answer.status, 409)
  const problem = answer.json<Problem>()
  const fixOf = (failed: string) => checks.find(({ code }) => code === failed)!.fix
  t.same(
    problem.errors,
    errors.map((one) => ({ ...one, detail: `${one.detail} ${fixOf(one.code)}` })),
    'each with its remedy'
  )
  t.match(problem, { type: '/problems/checks-failed', title: 'Checks failed', status: 409 })
  for (const { detail } of errors) t.ok(problem.detail.includes(detail), detail)
  t.same([(await client.get(draft)).body, (await client.read(`/v1/articles/${id}`)).body], before)
  return problem
}

t.test('readers get what was published, complete, every record once', async (t) => {
  const client = await app(t)
  const { read } = client
  const draft = await client.draft(dossier)
  t.equal(
    (await client.post(`/v1/articles/${draft.id}/corrections`, { kind: 'update', text: 'More' })).status,
    201
  )
  const article = await publishedBy(client, draft)

  t.equal((await read('/v1/articles/canary-pumps')).body, (await read(`/v1/articles/${draft.id}`)).body)
  t.equal(article.slug, 'canary-pumps')
  for (const name of [
    'title',
    'dek',
    'summary',
    'language',
    'section',
    'tags',
    'dateline',
    'origin'
  ] as const)
    t.same(article[name], dossier[name], name)
  t.same(article.extra, dossier.extra)
  t.equal(article.canonicalUrl, dossier.canonicalUrl)
  t.same(article.commentPolicy, { mode: 'site' })

  const named = new Map(article.sources.map(({ id, name }) => [id, name]))
  t.same([...named.values()].sort(), [
    'Edda Sorring',
    'Harbour Board',
    'Mara Lindqvist',
    'Ministry',
    'Pump report'
  ])
  const source = (name: string) => article.sources.find((source) => source.name === name)!
  t.equal(named.get(source('Mara Lindqvist').affiliationId!), 'Harbour Board')
  t.equal(named.get(source('Harbour Board').affiliationId!), 'Ministry')
  t.same(source('Pump report'), {
    id: source('Pump report').id,
    kind: 'document',
    name: 'Pump report',
    role: null,
    affiliationId: null,
    url: 'https://board.example/report.pdf',
    sameAs: []
  })
  t.same(article.bylines, [
    { sourceId: source('Edda Sorring').id, name: 'Edda Sorring', role: 'correspondent' },
    { name: 'Canary Stringer' }
  ])

  t.same(
    article.media.map(({ kind, caption, credits }) => [
      kind,
      caption,
      credits.map(({ creditLine }) => creditLine)
    ]),
    [
      ['image', 'The pumps', ['Ana Canary/Harbour Wire/Coast Images', 'Retouched by Bo Canary']],
      ['image', null, ['Ana Canary']],
      ['video', null, []]
    ]
  )
  const [lead] = article.media
  t.equal(article.leadMediaId, lead!.id)
  t.same(lead!.credits[0], {
    ...dossier.media[0]!.credits![0]!,
    id: lead!.credits[0]!.id,
    mediaId: lead!.id,
    expiresAt: '2030-12-31T23:00:00.000Z'
  })

  const [direct, indirect] = article.quotes
  t.match(direct, {
    articleId: article.id,
    text: 'The pumps will hold ... Nobody need leave.',
    kind: 'direct',
    display: 'inline',
    alterations: [{ kind: 'ellipsis', note: 'shortened' }]
  })
  t.same(
    direct!.attributions.map(({ quoteId, claim, hops }) => [quoteId, claim, hops]),
    [
      [
        direct!.id,
        null,
        [
          {
            sourceId: source('Mara Lindqvist').id,
            relation: 'said',
            terms: 'on_record',
            at: '2026-10-02T06:00:00.000Z'
          }
        ]
      ],
      [
        direct!.id,
        null,
        [
          {
            sourceId: source('Pump report').id,
            relation: 'published',
            terms: 'on_record',
            url: 'https://board.example/report.pdf'
          },
          { sourceId: source('Mara Lindqvist').id, relation: 'wrote', terms: 'background' }
        ]
      ]
    ]
  )
  t.match(indirect, {
    kind: 'indirect',
    display: 'block',
    language: 'nb-x-canary',
    verbatim: 'Vi var heldige.'
  })
  t.same(indirect!.attributions[0]!.hops[1], {
    unnamed: { description: 'a second board member', count: 1, basis: 'fact' },
    relation: 'told',
    terms: 'on_record'
  })
  const [claim] = article.attributions
  t.equal(article.attributions.length, 1)
  t.match(claim, {
    quoteId: null,
    claim: 'The pumps run at half power',
    hops: [{ relation: 'first_reported' }]
  })
  t.match(article.corrections, [{ kind: 'update', text: 'More', publishedAt: article.publishedAt }])

  // Each record at its own address is what the article says of it.
  const records = {
    quotes: article.quotes,
    attributions: [...article.quotes.flatMap(({ attributions }) => attributions), claim!],
    sources: article.sources,
    media: article.media,
    'media-credits': article.media.flatMap(({ credits }) => credits),
    corrections: article.corrections
  }
  for (const [name, all] of Object.entries(records)) {
    // Of a source it also says how often it is named.
    for (const record of all)
      t.equal(
        (await read(`/v1/${name}/${record.id}`)).body.replace(/,"seen":\{[^}]*\}/, ''),
        JSON.stringify(record),
        name
      )
    const { data } = (await read(`/v1/${name}?article=${article.id}`)).json<{ data: { id: string }[] }>()
    t.same(data.map(({ id }) => id).sort(), all.map(({ id }) => id).sort(), name)
  }
  const { data } = (await read('/v1/articles')).json<{ data: object[] }>()
  t.same(data, [
    {
      id: article.id,
      slug: article.slug,
      title: article.title,
      dek: article.dek,
      summary: article.summary,
      language: article.language,
      section: article.section,
      tags: article.tags,
      bylines: article.bylines,
      leadMedia: lead,
      publishedAt: article.publishedAt,
      updatedAt: article.updatedAt,
      retracted: false
    }
  ])
  const { ones, lists } = addresses(article)
  const everything = JSON.stringify(await seen(client, [...ones, ...lists]))
  for (const hidden of [
    'secret',
    'notes',
    'Nobody Asked',
    'Not shown',
    'embargoUntil',
    '"status":"published"'
  ])
    t.notOk(everything.includes(hidden), `${hidden} is not published`)
})

t.test('a draft is, to the public, what never existed', async (t) => {
  const client = await app(t)
  const draft = await client.draft(dossier)
  const correction = await client.post(`/v1/articles/${draft.id}/corrections`, {
    kind: 'update',
    text: 'More'
  })
  const { ones, lists } = addresses(draft, { corrections: [correction.json<{ id: string }>().id] })
  const answers = await seen(client, [...ones, ...lists])
  t.same(answers, await seen(await app(t), [...ones, ...lists]), 'a newsroom without anything says the same')
  for (const url of ones) {
    t.match(answers[url], { status: 404, headers: { 'cache-control': 'no-store' } }, url)
    const never = url
      .replace(/([a-z]{3})_[0-9a-z]{26}/g, '$1_01k9v3w8zhe5ra4gxm7y2bqd6c')
      .replace('canary-pumps', 'never-was')
    t.not(never, url)
    t.same(Object.values(await seen(client, [never])), [answers[url]], never)
  }
  for (const url of lists) t.match(answers[url], { status: 200, body: '{"data":[],"next":null}' }, url)
})

t.test(
  'what the desk does to a published article changes no public byte until it is published again',
  async (t) => {
    const client = await app(t)
    const { post, patch, put, remove } = client
    const article = await publishedBy(client, await client.draft(dossier))
    const comment = await post(`/v1/articles/${article.id}/comments`, {
      author: { name: 'Ines' },
      body: 'Hm'
    })
    const { id: commentId } = comment.json<{ id: string }>()
    t.equal((await post(`/v1/comments/${commentId}/approve`)).status, 200)
    const { ones, lists } = addresses(article, { comments: [commentId], slugs: ['canary-moved'] })
    const urls = [...ones, ...lists]
    const before = await seen(client, urls)
    const [direct, indirect] = article.quotes
    const source = (name: string) => article.sources.find((source) => source.name === name)!.id
    const [lead, inside] = article.media
    const at = `/v1/articles/${article.id}`

    const edits: Record<string, () => ReturnType<typeof patch>> = {
      'the article': () =>
        patch(at, { title: 'Other', section: 'other', tags: ['other'], bylines: [], extra: { other: 1 } }),
      'its slug and date': () => patch(at, { slug: 'canary-moved', publishedAt: '2020-01-01T00:00:00Z' }),
      'its embargo': () => patch(at, { embargoUntil: '2020-01-01T00:00:00Z' }),
      'a quote': () => patch(`/v1/quotes/${direct!.id}`, { text: 'The pumps will hold' }),
      'a quote with its kind': () =>
        patch(`/v1/quotes/${indirect!.id}`, { text: 'Pure luck.', kind: 'mixed' }),
      'an attribution': () =>
        put(`/v1/attributions/${article.attributions[0]!.id}`, {
          claim: 'half power',
          hops: [{ unnamed: { description: 'an engineer' }, relation: 'told' }]
        }),
      'a source': () =>
        patch(`/v1/sources/${source('Mara Lindqvist')}`, { name: 'M. Lindqvist', affiliationId: null }),
      'a source of a source': () => patch(`/v1/sources/${source('Ministry')}`, { name: 'Renamed Ministry' }),
      'the lead picture': () => patch(`/v1/media/${lead!.id}`, { caption: 'Other', url: null }),
      'a credit': () =>
        patch(`/v1/media-credits/${lead!.credits[0]!.id}`, { creditLine: 'X', creators: ['X'] }),
      'a deleted credit': () => remove(`/v1/media-credits/${lead!.credits[1]!.id}`),
      'a new credit': () => post(`/v1/media/${inside!.id}/credits`, { creditLine: 'New', creators: ['New'] }),
      'a new quote': () =>
        post(`${at}/quotes`, {
          text: 'Nobody need leave',
          attributions: [{ hops: [{ sourceId: source('Ministry'), relation: 'confirmed' }] }]
        }),
      'a new claim': () =>
        post(`${at}/attributions`, {
          claim: 'spoke of luck',
          hops: [{ sourceId: source('Ministry'), relation: 'told' }]
        }),
      'a correction': () => post(`${at}/corrections`, { kind: 'update', text: 'More' }),
      'a deleted quote': () => remove(`/v1/quotes/${indirect!.id}`),
      'the body': () =>
        patch(at, { body: { text: 'The pumps will hold, she said. Nobody need leave.' }, leadMediaId: null })
    }
    for (const [what, edit] of Object.entries(edits)) {
      const answer = await edit()
      t.ok([200, 201, 204].includes(answer.status), what, { found: answer.body })
      t.same(await seen(client, urls), before, what)
    }

    // The old body had the anchors; these find their words in the new one.
    const whole = (await client.get(`${at}?edition=draft`)).json<DraftArticle>()
    for (const { id, text } of whole.quotes) t.equal((await put(`/v1/quotes/${id}`, { text })).status, 200)
    const again = await publishedBy(client, article)
    t.match(again, {
      title: 'Other',
      slug: 'canary-moved',
      publishedAt: '2020-01-01T00:00:00.000Z',
      firstPublishedAt: article.firstPublishedAt,
      media: [],
      corrections: [{ text: 'More' }]
    })
    t.same(
      again.quotes.map(({ text }) => text),
      ['The pumps will hold', 'Nobody need leave']
    )
    t.same(again.sources.map(({ name }) => name).sort(), ['M. Lindqvist', 'Pump report', 'Renamed Ministry'])
    const after = await seen(client, ones)
    const status = (path: string) => (after[`/v1/${path}`] as { status: number }).status
    t.equal(status(`quotes/${direct!.id}`), 200)
    t.equal(status(`quotes/${indirect!.id}`), 410, 'a quote that was removed')
    t.equal(status(`attributions/${indirect!.attributions[0]!.id}`), 410, 'and who it was attributed to')
    t.equal(status(`media/${lead!.id}`), 410, 'a picture that is not shown any more')
    t.equal(status(`media-credits/${lead!.credits[0]!.id}`), 410)
    t.equal(status(`media-credits/${lead!.credits[1]!.id}`), 410)
    t.equal(status(`sources/${source('Harbour Board')}`), 410, 'a source that is not named any more')
    t.equal(status(`sources/${source('Ministry')}`), 200)
    t.equal(status('articles/canary-pumps'), 308)
    t.equal(status(`comments/${commentId}`), 200)
  }
)

t.test('checks: each names what is wrong and where', async (t) => {
  let now = new Date()
  const client = await app(t, { clock: () => now })

  await t.test('a direct quote whose words left the body', async (t) => {
    const draft = await client.draft()
    await client.patch(`/v1/articles/${draft.id}`, { body: { text: 'Nothing of the kind.' } })
    const [quote] = draft.quotes
    const detail = `The words of the direct quote ${quote!.id} do not stand in the body where it is anchored: “${quote!.text}” is anchored nowhere.`
    const problem = await refused(t, client, draft, [
      { code: 'quote-not-in-body', pointer: '/quotes/0/text', detail }
    ])
    t.equal(problem.detail, `A check fails. ${detail}`)
    t.match(problem.instance, /^urn:uuid:/)
  })

  await t.test('a direct quote whose words were changed under its anchor', async (t) => {
    const draft = await client.draft()
    const body = JSON.parse(JSON.stringify(draft.body).replace('will keep', 'may keep')) as object
    t.equal((await client.patch(`/v1/articles/${draft.id}`, { body })).status, 200)
    await refused(t, client, draft, [
      {
        code: 'quote-not-in-body',
        pointer: '/quotes/0/text',
        detail: `The words of the direct quote ${draft.quotes[0]!.id} do not stand in the body where it is anchored: “The ferry may keep sailing …” stands there instead of “The ferry will keep sailing …”.`
      }
    ])
    await client.patch(`/v1/quotes/${draft.quotes[0]!.id}`, { kind: 'indirect' })
    t.equal((await client.post(`/v1/articles/${draft.id}/publish`)).status, 200, 'indirect words may differ')
  })

  await t.test('a quote that nobody said', async (t) => {
    const draft = await client.draft({ quotes: [...ferry.quotes, { text: 'The board agreed.' }] })
    await refused(t, client, draft, [
      {
        code: 'quote-without-attribution',
        pointer: '/quotes/1/attributions',
        detail: `Nobody is named for the quote ${draft.quotes[1]!.id}.`
      }
    ])
    const hops = [{ unnamed: { description: 'an official' }, relation: 'told' }]
    await client.post(`/v1/articles/${draft.id}/attributions`, { quoteId: draft.quotes[1]!.id, hops })
    t.equal((await client.post(`/v1/articles/${draft.id}/publish`)).status, 200)
  })

  await t.test('pictures without credit, as lead and in the body; films may have none', async (t) => {
    const draft = await client.draft({
      quotes: [],
      leadMediaId: 'lead',
      media: [
        { key: 'lead', kind: 'image' },
        { key: 'credited', kind: 'image', credits: [{ creditLine: 'Ana Example' }] },
        { key: 'inside', kind: 'image' },
        { key: 'film', kind: 'video' }
      ],
      body: { markdown: 'Words.\n\n![](credited)\n\n![](inside)\n\n![](film)' }
    })
    const [lead, , inside] = draft.media
    await refused(t, client, draft, [
      {
        code: 'picture-without-credit',
        pointer: '/media/0/credits',
        detail: `The picture ${lead!.id} is shown without a credit.`
      },
      {
        code: 'picture-without-credit',
        pointer: '/media/2/credits',
        detail: `The picture ${inside!.id} is shown without a credit.`
      }
    ])
    for (const { id } of [lead!, inside!]) await client.post(`/v1/media/${id}/credits`, { creditLine: 'Bo' })
    t.equal((await client.post(`/v1/articles/${draft.id}/publish`)).status, 200)
  })

  await t.test('a body annotated with what was deleted', async (t) => {
    const draft = await client.draft()
    const [quote] = draft.quotes
    const attributionId = quote!.attributions[0]!.id
    const block = {
      _type: 'block',
      children: [{ _type: 'span', text: 'said Mara Lindqvist', marks: ['who'] }],
      markDefs: [{ _type: 'attribution', _key: 'who', attributionId }]
    }
    const body = [...(draft.body as object[]), block]
    t.equal((await client.patch(`/v1/articles/${draft.id}`, { body })).status, 200)
    t.equal((await client.post(`/v1/articles/${draft.id}/publish`)).status, 200, 'while it is there')
    // Deleting the quote takes its attributions along.
    t.equal((await client.remove(`/v1/quotes/${quote!.id}`)).status, 204)
    await refused(t, client, draft, [
      {
        code: 'unknown-anchor',
        pointer: '/body/2/markDefs/0/attributionId',
        detail: `The body is annotated with the attribution ${attributionId}, which is not there.`
      }
    ])
  })

  await t.test('an embargo, until it ends', async (t) => {
    now = new Date('2026-11-02T07:59:59.999Z')
    const draft = await client.draft({ embargoUntil: '2026-11-02T09:00:00+01:00' })
    await refused(t, client, draft, [
      {
        code: 'under-embargo',
        pointer: '/embargoUntil',
        detail: 'The article is under embargo until 2026-11-02T08:00:00.000Z.'
      }
    ])
    now = new Date('2026-11-02T08:00:00.000Z')
    const { publishedAt, firstPublishedAt } = await publishedBy(client, draft)
    t.same([publishedAt, firstPublishedAt], ['2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z'])
  })

  await t.test('another published article at the slug', async (t) => {
    const first = await client.draft({ slug: 'ferry' })
    await publishedBy(client, first)
    await client.patch(`/v1/articles/${first.id}`, { slug: 'old-ferry' })
    const second = await client.draft({ slug: 'ferry' })
    await refused(t, client, second, [
      { code: 'slug-taken', pointer: '/slug', detail: 'Another published article still stands at ferry.' }
    ])
    await publishedBy(client, first)
    await publishedBy(client, second)
    t.equal((await client.read('/v1/articles/ferry')).json<Article>().id, second.id)
    t.equal((await client.read('/v1/articles/old-ferry')).json<Article>().id, first.id)
  })

  await t.test('several at once', async (t) => {
    const holder = await client.draft({ slug: 'tram' })
    await publishedBy(client, holder)
    await client.patch(`/v1/articles/${holder.id}`, { slug: 'moved' })
    const draft = await client.draft({
      slug: 'tram',
      embargoUntil: '2999-01-01T00:00:00Z',
      leadMediaId: 'lead',
      media: [{ key: 'lead', kind: 'image' }],
      quotes: [{ text: 'The board agreed.' }]
    })
    await client.patch(`/v1/articles/${draft.id}`, { body: { text: 'Other words.' } })
    const problem = await refused(t, client, draft, [
      {
        code: 'quote-not-in-body',
        pointer: '/quotes/0/text',
        detail: `The words of the direct quote ${draft.quotes[0]!.id} do not stand in the body where it is anchored: “The board agreed.” is anchored nowhere.`
      },
      {
        code: 'quote-without-attribution',
        pointer: '/quotes/0/attributions',
        detail: `Nobody is named for the quote ${draft.quotes[0]!.id}.`
      },
      {
        code: 'picture-without-credit',
        pointer: '/media/0/credits',
        detail: `The picture ${draft.media[0]!.id} is shown without a credit.`
      },
      {
        code: 'under-embargo',
        pointer: '/embargoUntil',
        detail: 'The article is under embargo until 2999-01-01T00:00:00.000Z.'
      },
      { code: 'slug-taken', pointer: '/slug', detail: 'Another published article still stands at tram.' }
    ])
    t.match(problem.detail, /^5 checks fail\. The words/)
  })

  await t.test('a check that fails leaves the edition readers have', async (t) => {
    const article = await publishedBy(client, await client.draft())
    await client.patch(`/v1/articles/${article.id}`, { title: 'New', body: { text: 'No quote here.' } })
    const before = await seen(client, [`/v1/articles/${article.id}`, '/v1/articles', '/v1/quotes'])
    t.equal((await client.post(`/v1/articles/${article.id}/publish`)).status, 409)
    t.same(await seen(client, Object.keys(before)), before)
  })
})

t.test('the date readers see is the one the desk gave, or that of publishing', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const dates = ({ publishedAt, firstPublishedAt }: Article) => [publishedAt, firstPublishedAt]
  const dated = await client.draft({ slug: 'dated', publishedAt: '2020-05-01T12:00:00+02:00' })
  t.same(dates(dated), ['2020-05-01T10:00:00.000Z', null])
  t.same(dates(await publishedBy(client, dated)), ['2020-05-01T10:00:00.000Z', '2026-11-02T08:00:00.000Z'])
  const plain = await client.draft({ slug: 'plain' })
  t.same(dates(plain), [null, null])
  t.same(dates(await publishedBy(client, plain)), ['2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z'])

  now = new Date('2026-11-03T08:00:00.000Z')
  t.match(await publishedBy(client, plain), {
    publishedAt: '2026-11-02T08:00:00.000Z',
    firstPublishedAt: '2026-11-02T08:00:00.000Z',
    updatedAt: '2026-11-02T08:00:00.000Z'
  })
  await client.post(`/v1/articles/${plain.id}/withdraw`)
  t.same(dates(await publishedBy(client, plain)), ['2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z'])
  await client.patch(`/v1/articles/${plain.id}`, { publishedAt: null })
  t.same(dates(await publishedBy(client, plain)), ['2026-11-02T08:00:00.000Z', '2026-11-02T08:00:00.000Z'])
  await client.patch(`/v1/articles/${plain.id}`, { publishedAt: '2019-01-01T00:00:00Z' })
  t.same(dates(await publishedBy(client, plain)), ['2019-01-01T00:00:00.000Z', '2026-11-02T08:00:00.000Z'])
})

t.test('what is withdrawn is gone, and comes back when it is published again', async (t) => {
  const client = await app(t)
  const { post, read } = client
  const article = await publishedBy(client, await client.draft({ ...dossier, slug: 'canary-first' }))
  const at = `/v1/articles/${article.id}`
  await client.patch(at, { slug: 'canary-pumps' })
  await post(`${at}/corrections`, { kind: 'update', text: 'More' })
  const { corrections } = await publishedBy(client, article)
  const commentIds: string[] = []
  for (const body of ['First', 'Second', 'Third']) {
    const posted = await post(`${at}/comments`, { author: { name: 'Ines' }, body })
    commentIds.push(posted.json<{ id: string }>().id)
  }
  const [shown, , rejected] = commentIds
  await post(`/v1/comments/${shown}/approve`)
  await post(`/v1/comments/${rejected}/reject`, {})
  // Another article shows the lead picture and names the ministry.
  const ministry = article.sources.find(({ name }) => name === 'Ministry')!.id
  const [lead] = article.media
  const other = await client.draft({
    leadMediaId: lead!.id,
    sources: [],
    quotes: [
      { text: 'The board agreed.', attributions: [{ hops: [{ sourceId: ministry, relation: 'said' }] }] }
    ]
  })
  await publishedBy(client, other)

  const { ones, lists } = addresses((await read(at)).json(), {
    corrections: corrections.map(({ id }) => id),
    comments: commentIds,
    slugs: ['canary-first']
  })
  const before = await seen(client, [...ones, ...lists])
  const withdrawn = await post(`${at}/withdraw`)
  t.equal(withdrawn.status, 200)
  t.match(withdrawn.json(), { status: 'withdrawn', id: article.id })
  const gone = await seen(client, ones)
  const shared = [ministry, lead!.id, ...lead!.credits.map(({ id }) => id)]
  for (const url of ones) {
    const id = url.split('/').at(-1)!
    if (shared.includes(id)) t.match(gone[url], { status: 200 }, `${url}: another article has it`)
    else if (commentIds.slice(1).includes(id)) t.match(gone[url], { status: 404 }, `${url}: never public`)
    else {
      t.match(gone[url], { status: 410, headers: { 'cache-control': 'no-store' } }, url)
      t.notOk('etag' in (gone[url] as { headers: object }).headers)
    }
  }
  t.match((await read(at)).json(), {
    type: '/problems/gone',
    title: 'Gone',
    status: 410,
    detail: /^This article was withdrawn at \d{4}-\d\d-\d\dT[\d:.]+Z\.$/
  })
  t.equal((await read('/v1/articles?section=canary-harbour')).body, '{"data":[],"next":null}')
  t.equal((await read(`/v1/comments?article=${article.id}`)).body, '{"data":[],"next":null}')
  t.equal((await read(`/v1/sources?article=${article.id}`)).body, '{"data":[],"next":null}')
  t.equal((await read(`/v1/media?article=${article.id}`)).body, '{"data":[],"next":null}')

  await post(`/v1/articles/${other.id}/withdraw`)
  for (const url of [`sources/${ministry}`, `media/${lead!.id}`, `media-credits/${lead!.credits[0]!.id}`])
    t.equal((await read(`/v1/${url}`)).status, 410, `${url}: the last article is gone`)
  await publishedBy(client, other)

  const again = await publishedBy(client, article)
  const lately = (answers: object) =>
    JSON.stringify(answers).replaceAll(
      /\d{4}-\d\d-\d\dT[\d:.]{12}Z|\\"[\w-]{22}(-\w+)?\\"|"\\"[^"]*"|"content-length":"\d+"|"last-modified":"[^"]*"/g,
      ''
    )
  t.equal(again.title, article.title)
  t.equal(lately(await seen(client, [...ones, ...lists])), lately(before), 'everything is back')

  const draft = await client.draft()
  const twice = await post(`/v1/articles/${draft.id}/withdraw`)
  t.match(twice.json(), {
    type: '/problems/conflict',
    status: 409,
    detail: 'An article of the status draft cannot be withdrawn; it can be submitted, scheduled, published.'
  })
  const early = await client.remove(at)
  t.match(early.json(), { status: 409, detail: 'The article is published: withdraw it first.' })
  t.equal((await read(at)).status, 200)
  await post(`${at}/withdraw`)
  t.equal((await post(`${at}/withdraw`)).status, 409, 'withdrawn already')
  t.equal((await client.remove(at)).status, 204)
  t.equal((await client.get(`${at}?edition=draft`)).status, 404)
  for (const url of [at, '/v1/articles/canary-pumps', '/v1/articles/canary-first', `/v1/comments/${shown}`])
    t.equal((await read(url)).status, 410, `${url}: deleted after it was withdrawn`)
  t.equal((await read(`/v1/quotes/${article.quotes[0]!.id}`)).status, 410)
})

t.test('publishing and withdrawing heed If-Match where it is sent', async (t) => {
  const { draft, post, patch, read } = await app(t)
  const { id, slug } = await draft()
  const act = (action: string, tag?: unknown) =>
    post(`/v1/articles/${id}/${action}`, undefined, { headers: tag ? { 'if-match': String(tag) } : {} })
  const { headers } = await patch(`/v1/articles/${id}`, { dek: 'Read this' })
  await patch(`/v1/articles/${id}`, { dek: 'Changed since' })
  const stale = await act('publish', headers.etag)
  t.match(stale.json(), {
    type: '/problems/stale',
    status: 412,
    detail: 'The article has been changed since you read it.'
  })
  t.match((await act('publish', '"nonsense"')).json(), {
    status: 412,
    detail: /names no version of the article; the one that readers get never does/
  })
  t.equal((await read(`/v1/articles/${slug}`)).status, 404)
  const fresh = await patch(`/v1/articles/${id}`, { dek: 'Again' })
  t.match((await act('publish', '1-x')).json(), {
    status: 400,
    errors: [{ in: 'headers', pointer: '/If-Match', detail: /with its quotes/ }]
  })
  const published = await act('publish', `"other", W/${fresh.headers.etag}`)
  t.equal(published.status, 200)
  t.equal(published.headers['cache-control'], 'private, no-store')
  t.match(published.json(), { status: 'published', dek: 'Again' })
  t.equal((await act('withdraw', fresh.headers.etag)).status, 412)
  t.equal((await read(`/v1/articles/${slug}`)).status, 200)
  t.equal((await act('withdraw', published.headers.etag)).status, 200)
  t.equal((await act('publish', '*')).status, 200)
  for (const action of ['publish', 'withdraw'])
    t.equal((await post(`/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/${action}`)).status, 404)
})

t.test('a former slug leads to the article, until another article takes it', async (t) => {
  const client = await app(t)
  const { read, patch, post } = client
  const first = await publishedBy(client, await client.draft({ slug: 'one' }))
  for (const slug of ['two', 'three']) {
    await patch(`/v1/articles/${first.id}`, { slug })
    await publishedBy(client, first)
  }
  for (const slug of ['one', 'two']) {
    const moved = await read(`/v1/articles/${slug}?body=html`)
    t.equal(moved.status, 308)
    t.equal(moved.headers.location, '/v1/articles/three?body=html')
    t.equal(
      moved.headers['cache-control'],
      'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400',
      'it may move again'
    )
  }
  t.equal((await read('/v1/articles/one')).headers.location, '/v1/articles/three')
  await patch(`/v1/articles/${first.id}`, { slug: 'four' })
  t.equal((await read('/v1/articles/four')).status, 404, 'a slug of the draft is not public')
  t.equal((await read('/v1/articles/one')).headers.location, '/v1/articles/three')
  await patch(`/v1/articles/${first.id}`, { slug: 'three' })

  const second = await client.draft({ slug: 'one' })
  t.equal((await read('/v1/articles/one')).status, 308, 'the draft that wants the slug is not public')
  await publishedBy(client, second)
  t.equal((await read('/v1/articles/one')).json<Article>().id, second.id)
  t.equal((await read('/v1/articles/two')).headers.location, '/v1/articles/three')
  await post(`/v1/articles/${second.id}/withdraw`)
  t.equal((await read('/v1/articles/one')).status, 410)
  await post(`/v1/articles/${first.id}/withdraw`)
  t.equal((await read('/v1/articles/two')).status, 410)
  await patch(`/v1/articles/${first.id}`, { slug: 'two' })
  await publishedBy(client, first)
  t.equal((await read('/v1/articles/two')).status, 200, 'back at an old slug')
  t.equal((await read('/v1/articles/three')).headers.location, '/v1/articles/two')
})

t.test('a correction is dated when it is first published', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const client = await app(t, { clock: () => now })
  const { get, post, patch, read, remove } = client
  const article = await publishedBy(client, await client.draft())
  const correct = async (kind: string, more: object = {}) => {
    const answer = await post(`/v1/articles/${article.id}/corrections`, { kind, text: `A ${kind}`, ...more })
    return answer.json<{ id: string; publishedAt: string | null }>()
  }
  const target = { quoteId: article.quotes[0]!.id }
  const first = await correct('correction', { target, was: '1987', now: '1989' })
  t.equal(first.publishedAt, null)
  t.equal((await read(`/v1/corrections/${first.id}`)).status, 404)
  t.equal((await read('/v1/corrections')).body, '{"data":[],"next":null}')
  now = new Date('2026-11-03T08:00:00.000Z')
  await publishedBy(client, article)
  t.same((await read(`/v1/corrections/${first.id}`)).json(), {
    id: first.id,
    articleId: article.id,
    kind: 'correction',
    target,
    text: 'A correction',
    was: '1987',
    now: '1989',
    publishedAt: '2026-11-03T08:00:00.000Z'
  })
  now = new Date('2026-11-04T08:00:00.000Z')
  const second = await correct('retraction')
  await patch(`/v1/corrections/${first.id}`, { text: 'Reworded' })
  t.match((await read(`/v1/corrections/${first.id}`)).json(), { text: 'A correction' })
  const again = await publishedBy(client, article)
  t.same(again.corrections.map(({ text, publishedAt }) => [text, publishedAt]).sort(), [
    ['A retraction', '2026-11-04T08:00:00.000Z'],
    ['Reworded', '2026-11-03T08:00:00.000Z']
  ])
  const listed = async (query = '') =>
    (await read(`/v1/corrections${query}`)).json<{ data: { id: string }[] }>().data.map(({ id }) => id)
  t.same(await listed(), [second.id, first.id], 'newest first')
  t.same(await listed('?kind=retraction'), [second.id])
  t.same(await listed(`?kind=correction&article=${article.id}`), [first.id])
  const desk = (await get('/v1/corrections?edition=draft')).json<{ data: { id: string }[] }>()
  t.same(
    desk.data.map(({ id }) => id),
    [second.id, first.id]
  )
  t.equal((await remove(`/v1/corrections/${second.id}`)).status, 409, 'it is the record of what was wrong')
  await publishedBy(client, article)
  t.same(await listed(), [second.id, first.id])
  const third = await correct('clarification')
  t.equal((await remove(`/v1/corrections/${third.id}`)).status, 204, 'readers have not seen it')
  await publishedBy(client, article)
  t.same(await listed(), [second.id, first.id])
  t.equal((await read(`/v1/corrections/${third.id}`)).status, 404)
})
