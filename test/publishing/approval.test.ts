// What was approved or scheduled is published as it was then; what readers would see of a change is said, and no other.
import t, { type Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Call, ferry } from '../support/app.ts'
import { meddle } from '../support/meddling.ts'
import { keepTimetable } from '../support/timetable.ts'

const day = (n: number) => `2026-11-${String(n).padStart(2, '0')}T08:00:00.000Z`

/** A newsroom whose clock the test moves, and a story of it with everything that is shared. */
async function newsroom(t: Test) {
  const clock = { now: new Date(day(2)) }
  const client = await app(t, { clock: () => clock.now })
  const contributor: Call = { token: (await client.token('contributor')).token }
  const story = await client.draft({
    sources: [
      { key: 'port', kind: 'organization', name: 'Port of Aldis' },
      { key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist', affiliationId: 'port' }
    ],
    leadMediaId: 'lead',
    media: [{ key: 'lead', kind: 'image', alt: 'A ferry.', credits: [{ creditLine: 'Ana Example' }] }]
  })
  const url = `/v1/articles/${story.id}`
  const draft = async () => (await client.get(`${url}?edition=draft`)).json<DraftArticle>()
  const [file] = story.media
  return {
    ...client,
    clock,
    contributor,
    story,
    url,
    draft,
    file: file!,
    credit: file!.credits[0]!,
    person: story.sources.find(({ kind }) => kind === 'person')!,
    organization: story.sources.find(({ kind }) => kind === 'organization')!,
    due: keepTimetable(client.db, clock),
    approve: async () => {
      await client.post(`${url}/submit`)
      return client.post(`${url}/approve`)
    },
    history: async () =>
      (await client.get(`${url}/history`)).json<{ data: { sentence: string; action: string }[] }>().data
  }
}
type Newsroom = Awaited<ReturnType<typeof newsroom>>

/** Changes of what is shared, where each stands in the draft, and what is said of it. */
const shared: [what: string, change: (room: Newsroom) => Promise<unknown>, pointer: string, said: RegExp][] =
  [
    [
      'the name of a source',
      ({ patch, person, contributor }) => patch(`/v1/sources/${person.id}`, { name: 'Another' }, contributor),
      '/sources/1/name',
      /^The name of the source src_\w+ \(Another\) was "Mara Lindqvist"\.$/
    ],
    [
      'the name of its organization',
      ({ patch, organization, contributor }) =>
        patch(`/v1/sources/${organization.id}`, { name: 'x'.repeat(300) }, contributor),
      '/sources/0/name',
      /^The name of the source src_\w+ \(x+\) was "Port of Aldis"\.$/
    ],
    [
      'the caption of a picture',
      ({ patch, file, contributor }) => patch(`/v1/media/${file.id}`, { caption: 'Sunk.' }, contributor),
      '/media/0/caption',
      /^The caption of the image med_\w+ was null\.$/
    ],
    [
      'the line of a credit',
      ({ patch, credit, contributor }) =>
        patch(`/v1/media-credits/${credit.id}`, { creditLine: 'Bo' }, contributor),
      '/media/0/credits/0/creditLine',
      /^The creditLine of the credit crd_\w+ \(Bo\) of the image med_\w+ was "Ana Example"\.$/
    ],
    [
      'another credit',
      ({ post, file, contributor }) =>
        post(`/v1/media/${file.id}/credits`, { creditLine: 'Bo' }, contributor),
      '/media/0/credits/1',
      /^The credit crd_\w+ \(Bo\) of the image med_\w+ was added\.$/
    ],
    [
      'a credit less',
      ({ remove, credit }) => remove(`/v1/media-credits/${credit.id}`),
      '/media/0/credits',
      /^The credit crd_\w+ of the image med_\w+ was deleted\.$/
    ]
  ]

t.test('what was approved is not published once a shared record says something else', async (t) => {
  for (const [what, change, pointer, said] of shared) {
    const room = await newsroom(t)
    const { headers } = await room.approve()
    await change(room)
    const options = { headers: { 'if-match': String(headers.etag) } }
    const refused = await room.post(`${room.url}/publish`, undefined, options)
    t.equal(refused.status, 409, what)
    const { errors, detail } = refused.json<Problem>()
    t.same(
      errors?.map(({ pointer }) => pointer),
      [pointer]
    )
    t.match(errors![0]!.detail, said)
    t.ok(detail.includes(errors![0]!.detail) && detail.includes('is a draft again'), detail)
    t.equal((await room.read(room.url)).status, 404, 'readers see nothing of it')
    t.match(await room.draft(), { status: 'draft' })
    t.match((await room.history())[0], { action: 'return', sentence: errors![0]!.detail })
    const waive = what === 'a credit less' ? [{ code: 'picture-without-credit', reason: 'Ours.' }] : []
    t.equal(
      (await room.post(`${room.url}/publish`, { waive })).status,
      200,
      'an editor may publish it as it is'
    )
  }
})

t.test('what was scheduled is not published once a shared record says something else', async (t) => {
  for (const [what, change, , said] of shared) {
    const room = await newsroom(t)
    t.equal((await room.post(`${room.url}/schedule`, { publishAt: day(9) })).status, 200)
    await change(room)
    room.clock.now = new Date(day(9))
    t.equal(await room.due(), 1)
    t.equal((await room.read(room.url)).status, 404, what)
    t.match(await room.draft(), { status: 'draft', publishAt: null, withdrawAt: null })
    t.match((await room.history())[0]!.sentence, new RegExp(said.source.slice(1, -3)))
    t.equal(await room.due(), 0, 'and it is told once')
  }
})

t.test('the history of an article tells when what it shares was changed', async (t) => {
  const room = await newsroom(t)
  const { patch, post, person, organization, file, credit, contributor } = room
  await patch(`/v1/sources/${person.id}`, { name: 'Another', role: 'mate' }, contributor)
  await patch(`/v1/sources/${organization.id}`, {}, contributor)
  await patch(`/v1/media/${file.id}`, { caption: 'Sunk.' }, contributor)
  await patch(`/v1/media-credits/${credit.id}`, { creditLine: 'Bo' }, contributor)
  await post(`/v1/media/${file.id}/credits`, { creditLine: 'Cy' }, contributor)
  await patch(
    `/v1/sources/${(await post('/v1/sources', { kind: 'person', name: 'x' })).json<{ id: string }>().id}`,
    { name: 'y' }
  )
  const sentences = (await room.history()).map(({ sentence }) =>
    sentence.replace('a contributor (contributor) ', '')
  )
  t.same(sentences.slice(0, 5), [
    'added a credit.',
    'changed a credit: creditLine.',
    'changed a media file: caption.',
    'changed a source.',
    'changed a source: name, role.'
  ])
  const page = await room.get(`${room.url}/history?limit=2`)
  const { next } = page.json<{ next: string }>()
  const second = (await room.get(`${room.url}/history?limit=2&cursor=${next}`)).json<{
    data: { kind: string }[]
  }>()
  t.same(
    second.data.map(({ kind }) => kind),
    ['media', 'source']
  )
})

t.test('what was approved is not scheduled once a shared record says something else', async (t) => {
  const room = await newsroom(t)
  await room.approve()
  await shared[0]![1](room)
  t.equal((await room.post(`${room.url}/schedule`, { publishAt: day(9) })).status, 409)
  t.match(await room.draft(), { status: 'draft' })
  t.equal((await room.post(`${room.url}/schedule`, { publishAt: day(9) })).status, 200)
})

t.test('a record that says again what was approved holds nothing up', async (t) => {
  const room = await newsroom(t)
  await room.approve()
  for (const name of ['Another', 'Mara Lindqvist'])
    await room.patch(`/v1/sources/${room.person.id}`, { name, notes: 'For the desk.' })
  t.equal((await room.post(`${room.url}/publish`)).status, 200)
})

t.test('what an editor adds to an approved draft is agreed on with it, until it is changed', async (t) => {
  for (const [field, value, isChanged] of [
    ['notes', 'For the desk only.', true],
    ['role', 'mate', true],
    ['', '', false]
  ] as const) {
    const room = await newsroom(t)
    await room.approve()
    const added = (await room.post('/v1/sources', { kind: 'person', name: 'Bo' })).json<{ id: string }>()
    t.equal((await room.patch(room.url, { bylines: [{ name: 'Bo', sourceId: added.id }] })).status, 200)
    room.clock.now = new Date(day(3))
    if (field) await room.patch(`/v1/sources/${added.id}`, { [field]: value }, room.contributor)
    const answer = await room.post(`${room.url}/publish`)
    t.equal(answer.status, isChanged ? 409 : 200, field)
    if (isChanged)
      t.match(answer.json<Problem>().errors![0]!.detail, /^The source src_\w+ \(Bo\) was changed\.$/)
  }
})

t.test('the next edition of a published article, and its end, are scheduled', async (t) => {
  const room = await newsroom(t)
  const { url, post, read, patch } = room
  await post(`${url}/publish`)
  for (const times of [
    {},
    { publishAt: day(1) },
    { withdrawAt: day(2) },
    { publishAt: day(9), withdrawAt: day(8) }
  ])
    t.match((await post(`${url}/schedule`, times)).status, /4(00|22)/, JSON.stringify(times))
  await patch(url, { title: 'Next' })
  t.match((await post(`${url}/schedule`, { withdrawAt: day(20) })).json(), {
    status: 'published',
    withdrawAt: day(20),
    publishAt: null
  })
  const planned = await post(`${url}/schedule`, { publishAt: day(9) })
  t.match(planned.json(), { status: 'published', publishAt: day(9), withdrawAt: day(20) })
  const mine = await patch(url, { title: 'Mine' }, room.contributor)
  t.match(mine.json(), { status: 409, detail: /^Its next edition is scheduled for/ })
  t.match((await post(`${url}/unschedule`)).json(), {
    status: 'published',
    publishAt: null,
    withdrawAt: null
  })
  t.match((await post(`${url}/unschedule`)).status, 409)

  await post(`${url}/schedule`, { publishAt: day(9), withdrawAt: day(20) })
  t.match((await read(url)).json(), { title: ferry.title })
  room.clock.now = new Date(day(9))
  t.equal(await room.due(), 1)
  t.equal(await room.due(), 0)
  t.match((await read(url)).json(), { title: 'Next', updatedAt: day(9) })
  t.match(await room.draft(), { status: 'published', edition: 2, publishAt: null, withdrawAt: day(20) })
  room.clock.now = new Date(day(20))
  t.equal(await room.due(), 1)
  t.equal((await read(url)).status, 410)
  t.match(
    (await room.history()).map(({ sentence }) => sentence),
    [
      'The timetable withdrew it: “As scheduled.”',
      'The timetable published edition 2.',
      `ONRECORD_ADMIN_TOKEN (admin) scheduled it to be published at ${day(9)} and withdrawn at ${day(20)}.`
    ]
  )
})

t.test(
  'what is planned for a published article is off when it cannot be, and readers keep what they have',
  async (t) => {
    const room = await newsroom(t)
    const { url, post, read, patch } = room
    await post(`${url}/publish`)
    const before = (await read(url)).body
    await post(`${url}/schedule`, { publishAt: day(9), withdrawAt: day(20) })
    room.clock.now = new Date(day(9))
    t.equal(await room.due(), 1)
    t.match((await room.history())[0]!.sentence, 'There was nothing to publish as scheduled.')
    await patch(url, { title: 'Next' })
    await post(`${url}/schedule`, { publishAt: day(10) })
    await shared[0]![1](room)
    room.clock.now = new Date(day(10))
    t.equal(await room.due(), 1)
    t.match(await room.draft(), { status: 'published', publishAt: null, withdrawAt: day(20), edition: 1 })
    t.equal((await read(url)).body, before)
    await post(`${url}/schedule`, { publishAt: day(11) })
    await shared[2]![1](room)
    t.match((await post(`${url}/publish`)).json(), { status: 409, detail: /What was planned is off/ })
    await post(`${url}/schedule`, { publishAt: day(11) })
    t.match((await post(`${url}/withdraw`)).json(), {
      status: 'withdrawn',
      publishAt: null,
      withdrawAt: null
    })
  }
)

t.test('what is unscheduled is what it was', async (t) => {
  const room = await newsroom(t)
  const { url, post } = room
  const unscheduled = async () => {
    await post(`${url}/schedule`, { publishAt: day(9), withdrawAt: day(10) })
    await post(`${url}/schedule`, { publishAt: day(8) })
    return (await post(`${url}/unschedule`)).json<DraftArticle>()
  }
  t.match(await unscheduled(), { status: 'draft', publishAt: null, withdrawAt: null })
  await post(`${url}/submit`)
  t.match(await unscheduled(), { status: 'in_review' })
  await post(`${url}/approve`)
  t.match(await unscheduled(), { status: 'approved' })
  await shared[0]![1](room)
  t.equal((await post(`${url}/publish`)).status, 409, 'approved as it was before')
})

t.test(
  'an article is published with changes exactly where publishing would change what readers see',
  async (t) => {
    const room = await newsroom(t)
    const { url, post, patch, get, read } = room
    const changed = async () => {
      const { data } = (await get('/v1/articles?edition=draft')).json<{ data: DraftArticle[] }>()
      const { publishedWithChanges } = await room.draft()
      t.equal(data[0]!.publishedWithChanges, publishedWithChanges, 'lists say the same')
      return publishedWithChanges
    }
    const correct = async () =>
      (await post(`${url}/corrections`, { kind: 'correction', text: 'It was 1989.' })).json<{ id: string }>()
    t.equal(await changed(), false, 'a draft')
    await post(`${url}/publish`)
    t.equal(await changed(), false)
    const same: [string, () => Promise<unknown>][] = [
      ['notes', () => patch(url, { internalNotes: 'For the desk.' })],
      [
        'a title and back',
        async () => [await patch(url, { title: 'x' }), await patch(url, { title: ferry.title })]
      ],
      ['the notes of a source', () => patch(`/v1/sources/${room.person.id}`, { notes: 'Call her.' })],
      ['the embargo of a picture', () => patch(`/v1/media/${room.file.id}`, { embargoUntil: day(1) })],
      ['a correction by itself', async () => post(`/v1/corrections/${(await correct()).id}/publish`)],
      ['the end of it', () => post(`${url}/schedule`, { withdrawAt: day(20) })]
    ]
    for (const [what, change] of same) {
      await change()
      t.equal(await changed(), false, what)
      const [before, events] = [(await read(url)).body, (await room.history()).length]
      t.match((await post(`${url}/publish`)).json(), { status: 'published', unchanged: true }, what)
      t.equal((await read(url)).body, before, 'nothing is published')
      t.equal((await room.history()).length, events, 'and nothing is told')
    }
    const different: [string, () => Promise<unknown>][] = [
      ['a title', () => patch(url, { title: 'Other' })],
      ['a correction', correct],
      ...shared.map(([what, change]) => [what, () => change(room)] as [string, () => Promise<unknown>]),
      ['an affiliation', () => patch(`/v1/sources/${room.person.id}`, { affiliationId: null })]
    ]
    for (const [what, change] of different) {
      await change()
      t.equal(await changed(), true, what)
      const before = (await read(url)).body
      const answer = await post(`${url}/publish`)
      t.equal(answer.status, 200, answer.body)
      t.not((await read(url)).body, before)
      t.equal(await changed(), false, `${what}, published`)
    }
    await patch(`/v1/sources/${room.person.id}`, { role: 'mate', affiliationId: room.organization.id })
    t.equal(await changed(), true)
    await post(`/v1/sources/${room.person.id}/republish`)
    t.equal(await changed(), false, 'renewed')
    await patch(url, { internalNotes: 'Again.' })
    t.equal(await changed(), false, 'and still when the draft was written since')
  }
)

t.test('a slug that nobody gave follows the title until it is published', async (t) => {
  const { post, patch, put, draft } = await app(t)
  const slug = async (answer: Promise<{ json<T>(): T }>) => (await answer).json<DraftArticle>().slug
  const { id } = await draft({ title: 'H' })
  const url = `/v1/articles/${id}`
  const story = { title: 'Harbour', body: ferry.body, language: 'en' }
  t.equal(await slug(patch(url, { title: 'Ha' })), 'ha')
  t.equal(await slug(patch(url, { dek: 'More.' })), 'ha')
  t.equal(await slug(put(url, story)), 'harbour')
  t.equal(await slug(put(url, { ...story, slug: 'given' })), 'given')
  t.equal(await slug(put(url, { ...story, title: 'Other' })), 'given', 'what was given is kept')
  t.equal(await slug(patch(url, { title: 'Another' })), 'given')
  t.equal(await slug(patch(url, { slug: null })), 'another', 'null asks for a new one')
  t.equal(await slug(patch(url, { title: 'Late ferry' })), 'late-ferry', 'which follows again')
  t.equal(await slug(put(url, { ...story, title: 'Late', slug: null })), 'late')
  const revised = await post(`${url}/revisions/1/restore`)
  t.equal(revised.json<DraftArticle>().slug, 'h', 'words that are restored bring their title')
  const second = await draft({ title: 'H' })
  t.match(second.slug, /^h-/)
  t.equal(await slug(patch(`/v1/articles/${second.id}`, { dek: 'x' })), second.slug)
  t.equal((await post(`${url}/publish`, { waive: [] })).status, 200)
  t.equal(await slug(patch(url, { title: 'Published' })), 'h', 'readers have the address')
  t.equal(await slug(put(url, story)), 'h')
  t.equal(await slug(patch(url, { slug: null })), 'harbour', 'unless somebody asks for another')
})

t.test('what an older release scheduled goes back to what it was approved as', async (t) => {
  const { url, post, approve, db } = await newsroom(t)
  const schedule = async (times: object) => t.equal((await post(`${url}/schedule`, times)).status, 200)
  const unscheduled = async () => (await post(`${url}/unschedule`)).json<DraftArticle>()
  await approve()
  await schedule({ publishAt: day(9) })
  await meddle(db.file, 'update articles set unscheduled = null')
  await schedule({ publishAt: day(8) })
  t.match(await unscheduled(), { status: 'approved', publishAt: null })
  await post(`${url}/publish`)
  await schedule({ withdrawAt: day(9) })
  await meddle(db.file, 'update articles set unscheduled = null')
  t.match(await unscheduled(), { status: 'published', withdrawAt: null })
})

t.test('of a long value that was agreed on only that it was another is told', async (t) => {
  const { approve, post, patch, url, person } = await newsroom(t)
  await patch(`/v1/sources/${person.id}`, { name: 'Mara '.repeat(50).trim() })
  await approve()
  await patch(`/v1/sources/${person.id}`, { name: 'Mara' })
  t.match((await post(`${url}/publish`)).json<Problem>().errors, [
    { detail: `The name of the source ${person.id} (Mara) was another.` }
  ])
})

t.test('lists say of each article by itself that its picture has a credit more', async (t) => {
  const { url, post, get, file } = await newsroom(t)
  const { id } = (
    await post('/v1/articles', { ...ferry, slug: 'other', leadMediaId: file.id })
  ).json<DraftArticle>()
  const other = `/v1/articles/${id}`
  for (const one of [url, other]) t.equal((await post(`${one}/publish`)).status, 200)
  await post(`/v1/media/${file.id}/credits`, { creditLine: 'Bo' })
  t.equal((await post(`${other}/publish`)).status, 200)
  const { data } = (await get('/v1/articles?edition=draft')).json<{ data: DraftArticle[] }>()
  t.same(
    data.map((one) => [one.id === id, one.publishedWithChanges]),
    [
      [true, false],
      [false, true]
    ]
  )
})
