// Imports that write many articles and comments at once: what stands twice, what nests deep, and who listens.
import t from 'tap'
import { lowerWords } from '../../../src/importing/speech/lower-words.ts'
import { app, type Client } from '../../support/app.ts'
import { comment, post, wxr } from './wxr.ts'

interface Run {
  id: string
  status: string
  counts: Record<string, number>
  reportedByCode: { code: string; count: number }[]
}

/** Imports an export, and answers what became of it. */
async function imported(client: Client, payload: string, more = ''): Promise<Run> {
  const headers = { 'content-type': 'application/xml' }
  const sent = await client.call('POST', `/v1/imports${more}`, { payload: Buffer.from(payload), headers })
  for (;;) {
    const run = (await client.get(`/v1/imports/${sent.json<Run>().id}`)).json<Run>()
    if (run.status === 'done' || run.status === 'failed') return run
    await new Promise((go) => setTimeout(go, 50))
  }
}

const listed = async <T>(client: Client, path: string) => (await client.get(path)).json<{ data: T[] }>().data

t.test('an article and a comment that stand twice in an export are one, in their last words', async (t) => {
  const client = await app(t)
  const run = await imported(
    client,
    wxr(
      post(
        1,
        '<p>One.</p>',
        comment(1, 'First words') + comment(1, 'Last words') + comment(2, 'Others') + comment(2, 'Others')
      ),
      post(1, '<p>Another.</p>'),
      post(2, '<p>Two.</p>')
    )
  )
  t.match(run, { status: 'done', counts: { articles: 2, changed: 1, comments: 2, failed: 0 } })
  const articles = await listed<{ id: string; title: string }>(client, '/v1/articles?edition=draft')
  t.same(articles.map(({ title }) => title).sort(), ['Story 1', 'Story 2'])
  const { id } = articles.find(({ title }) => title === 'Story 1')!
  const draft = (await client.get(`/v1/articles/${id}?edition=draft`)).json<{
    body: unknown
    version: number
  }>()
  t.match(JSON.stringify(draft.body), /Another\./)
  t.equal(draft.version, 2)
  const comments = await listed<{ body: string }>(client, '/v1/comments?edition=draft&status=approved')
  t.same(comments.map(({ body }) => body).sort(), ['Last words', 'Others'])
})

t.test('comments of an article that was deleted here stay away', async (t) => {
  const client = await app(t)
  await imported(client, wxr(post(1, '<p>One.</p>')))
  const [article] = await listed<{ id: string }>(client, '/v1/articles?edition=draft')
  t.equal((await client.remove(`/v1/articles/${article!.id}`)).status, 204)
  t.equal((await client.remove(`/v1/trash/${article!.id}`)).status, 204)
  const again = await imported(client, wxr(post(1, '<p>One.</p>', comment(1, 'Words') + comment(2, ''))))
  t.match(again, { counts: { articles: 0, comments: 0, unchanged: 1, left: 2 } })
  t.match(again.reportedByCode, [{ code: 'comment-left-out', count: 2 }])
})

t.test(
  'comments that come again change as there, and stay as they were decided or edited here',
  async (t) => {
    const client = await app(t)
    const all = [1, 2, 3, 4].map((id) => comment(id, `Words ${id}`))
    await imported(client, wxr(post(1, '<p>One.</p>', all.join(''))))
    const edited = (await listed<{ id: string; body: string }>(client, '/v1/comments?edition=draft')).find(
      ({ body }) => body === 'Words 4'
    )
    t.equal((await client.patch(`/v1/comments/${edited!.id}`, { body: 'Words of the desk' })).status, 200)
    const again = await imported(
      client,
      wxr(
        post(
          1,
          '<p>One.</p>',
          [
            comment(1, 'a'.repeat(10_050)).replace('Reader 1', ' '),
            comment(2, 'Words 2').replace('2020-02-01', '2020-02-03'),
            comment(3, 'Words 3').replace('approved>1<', 'approved>0<'),
            comment(4, 'Other words there'),
            comment(5, ' ')
          ].join('')
        )
      )
    )
    t.match(again, { counts: { articles: 0, comments: 0, left: 1, failed: 0 } })
    t.match(
      again.reportedByCode.toSorted((one, other) => (one.code < other.code ? -1 : 1)),
      [
        { code: 'comment-cut', count: 1 },
        { code: 'comment-kept', count: 2 },
        { code: 'comment-left-out', count: 1 }
      ]
    )
    const now = await listed<{ body: string; status: string }>(client, '/v1/comments?edition=draft')
    t.same(now.map(({ body }) => body.slice(0, 20)).sort(), [
      'Words 2',
      'Words 3',
      'Words of the desk',
      'aaaaaaaaaaaaaaaaaaaa'
    ])
    t.ok(now.every(({ status }) => status === 'approved'))
  }
)

t.test(
  'comments of one batch answer each other, and threads that nest too deep go on at the last place',
  async (t) => {
    const client = await app(t)
    const thread = Array.from({ length: 10 }, (_, i) => comment(i + 1, `Depth ${i + 1}`, i)).join('')
    const run = await imported(client, wxr(post(1, '<p>One.</p>', thread)))
    t.match(run, {
      counts: { articles: 1, comments: 10 },
      reportedByCode: [{ code: 'thread-flattened', count: 2 }]
    })
    const comments = await listed<{ id: string; body: string; depth: number; parentId: string | null }>(
      client,
      '/v1/comments?edition=draft&status=approved'
    )
    const byBody = new Map(comments.map((one) => [one.body, one]))
    t.same(
      Array.from({ length: 10 }, (_, i) => byBody.get(`Depth ${i + 1}`)!.depth),
      [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
    )
    t.equal(byBody.get('Depth 10')!.parentId, byBody.get('Depth 7')!.id)
  }
)

t.test('webhooks hear of each record of an import, in the order of the change log', async (t) => {
  const client = await app(t)
  const made = await client.post('/v1/webhooks', { url: 'https://hooks.example/on-record' })
  t.equal(made.status, 201, made.body)
  const said = '<p>"The ferry stays," harbour master Mara Lindqvist said on Monday.</p>'
  await imported(client, wxr(post(1, said, comment(1, 'Words')), post(2, '<p>Two.</p>')))
  const changes = (await listed<{ seq: number; event: string; kind: string }>(client, '/v1/changes')).filter(
    ({ kind }) => kind !== 'webhook'
  )
  const events = new Set(changes.map(({ event }) => event))
  for (const event of ['article.created', 'quote.created', 'comment.created']) t.ok(events.has(event), event)
  const { id } = made.json<{ id: string }>()
  const deliveries = await listed<{ seq: number }>(client, `/v1/webhooks/${id}/deliveries`)
  const heard = new Set(deliveries.map(({ seq }) => seq))
  t.same(
    changes.filter(({ seq }) => !heard.has(seq)),
    []
  )
})

t.test(
  'what was said is proposed with who said it: by name, by a description, in words of its own',
  async (t) => {
    const client = await app(t)
    const story = [
      '<p>"The ferry stays," harbour master Mara Lindqvist said on Monday.</p>',
      '<p>"Nobody asked us," said a fisherman who asked not to be named.</p>',
      '<p>The company said that the second ferry would sail again in the spring of next year.</p>'
    ]
    const run = await imported(client, wxr(post(1, story.join(''))))
    t.match(run, { counts: { articles: 1 } })
    const [waiting] = await listed<{ id: string }>(client, '/v1/imports?kind=article&status=waiting')
    const { proposals } = (await client.get(`/v1/imports/${waiting!.id}`)).json<{
      proposals: {
        kind: string
        proposed: {
          text?: string
          claim?: string
          name?: string
          speakers?: { name: string; sourceId?: string }[]
        }
      }[]
    }>()
    const of = (kind: string) => proposals.filter((one) => one.kind === kind).map(({ proposed }) => proposed)
    t.match(of('quote'), [
      { text: 'The ferry stays', speakers: [{ name: 'Mara Lindqvist', sourceId: /^src_/ }] },
      { text: 'Nobody asked us', speakers: [{ name: /fisherman/ }] }
    ])
    t.match(of('claim'), [{ claim: /second ferry/, speakers: [{ sourceId: /^src_/ }] }])
    t.match(
      of('source').map(({ name }) => name),
      ['Mara Lindqvist']
    )
  }
)

t.test('words are found in every script', (t) => {
  t.same(lowerWords('The “Fähre” of 1987, São Tomé’s'), ['the', 'fähre', 'of', 'são', 'tomé', 's'])
  t.same(lowerWords('Паром №5 Ōsaka'), ['паром', 'ōsaka'])
  t.same(lowerWords('12, 34!'), [])
  t.end()
})
