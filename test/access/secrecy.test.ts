// What a role may not read stands in nothing that it may read: a marked word in every such field, looked for in
// every answer to every GET of the OpenAPI document, with the token of each role.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { inlined } from '../../fuzz/document.ts'
import { app, type Client, ferry } from '../support/app.ts'
import { pictureWith, property, rendered, uploaded } from '../support/pictures.ts'

type Role = 'viewer' | 'contributor' | 'editor' | 'moderator' | 'admin' | 'reader'

/** Every marked word, and who may read it. */
const writers: Role[] = ['viewer', 'contributor', 'editor', 'admin']
const moderators: Role[] = ['moderator', 'admin']
const marks: Record<string, Role[]> = {
  markassignee: writers,
  marknotes: writers,
  marktitle: writers,
  marksource: writers,
  marksubmit: writers,
  markapprove: writers,
  markreturn: writers,
  markschedule: writers,
  markunschedule: writers,
  markpublish: writers,
  markwaiver: writers,
  markwithdraw: writers,
  markcorrection: writers,
  markdoubt: writers,
  markfile: writers,
  markban: moderators,
  markdecision: moderators,
  markreport: moderators,
  markterm: moderators,
  markpending: moderators,
  marktoken: ['admin'],
  markwebhook: ['admin']
}

/** A newsroom with a marked word in every field that somebody may not read; answers the ids of its records. */
async function marked(client: Client): Promise<string[]> {
  const step = async (id: string, name: string, body: object = {}) => {
    const answer = await client.post(`/v1/articles/${id}/${name}`, body)
    if (answer.status !== 200) throw new Error(answer.body)
  }
  const { post } = client
  const made = async (url: string, body: object) => (await post(url, body)).json<{ id: string }>().id
  const sources = [{ ...ferry.sources[0]!, notes: 'marksource' }]
  const desk = { internalNotes: 'marknotes', assignee: 'markassignee' }
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const picture = await uploaded(
    client,
    await pictureWith(
      property('dc:description', 'markfile'),
      property('photoshop:Instructions', 'markfile: a fee of 400 for one use'),
      '<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource"><Iptc4xmpCore:CiEmailWork>markfile@harbour.example</Iptc4xmpCore:CiEmailWork></Iptc4xmpCore:CreatorContactInfo>'
    )
  )
  await rendered(client, picture.id)
  const published = await client.draft({
    sources,
    leadMediaId: picture.id,
    ...desk,
    commentPolicy: { mode: 'premoderated' }
  })
  const { id } = published
  await step(id, 'submit', { note: 'marksubmit' })
  await step(id, 'return', { note: 'markreturn' })
  await step(id, 'submit')
  await step(id, 'approve', { note: 'markapprove' })
  const waive = [{ code: 'picture-without-credit', reason: 'markwaiver' }]
  await step(id, 'schedule', { publishAt: '2099-01-01T00:00:00Z', note: 'markschedule', waive })
  await step(id, 'unschedule', { note: 'markunschedule' })
  await step(id, 'publish', { note: 'markpublish', waive })
  const correction = await made(`/v1/articles/${id}/corrections`, { kind: 'update', text: 'markcorrection' })
  await client.patch(`/v1/articles/${id}`, { title: 'marktitle', dek: 'marktitle' })
  const comment = { author: { name: 'Ann' }, body: 'What I say.' }
  const said = await made(`/v1/articles/${id}/comments`, comment)
  const { network } = (await client.get(`/v1/comments/${said}?edition=draft`)).json<{ network: string }>()
  await post(`/v1/comments/${said}/approve`, { note: 'markdecision' })
  await post(`/v1/comments/${said}/reports`, { reason: 'abuse', detail: 'markreport' }, { token: null })
  const waiting = await made(`/v1/articles/${id}/comments`, {
    ...comment,
    body: 'markpending is what I say.'
  })
  const gone = await client.draft({ title: 'Another one' })
  await step(gone.id, 'publish')
  await step(gone.id, 'withdraw', { reason: 'markwithdraw' })
  await post(`/v1/sources/${published.sources[0]!.id}/doubt`, { reason: 'markdoubt' })
  return [
    ...[id, correction, said, waiting, gone.id, published.quotes[0]!.id, published.sources[0]!.id],
    published.quotes[0]!.attributions[0]!.id,
    picture.id,
    await made('/v1/bans', { kind: 'network', value: network, reason: 'markban' }),
    await made('/v1/blocked-terms', { kind: 'word', term: 'markterm', outcome: 'spam', note: 'markterm' }),
    await made('/v1/tokens', { name: 'marktoken', role: 'editor' }),
    await made('/v1/webhooks', { url: 'https://93.184.215.14/markwebhook' })
  ]
}

interface Parameter {
  name: string
  in: string
  schema: { pattern?: string; enum?: string[] }
}
type Paths = Record<string, Record<string, { parameters?: Parameter[] }>>

/** Every address that the document has a GET for, with each of these ids where it fits. */
function addresses(paths: Paths, ids: string[]): string[] {
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get || path.endsWith('/stream')) return []
    const { parameters = [] } = get
    const fits = (id: string) => {
      const pattern = parameters.find(({ name }) => name === 'id')?.schema.pattern
      return pattern === undefined || new RegExp(pattern).test(id)
    }
    const named = path.includes('{id}') ? ids.filter(fits).map((id) => path.replace('{id}', id)) : [path]
    const numbered = named.flatMap((one) =>
      one.includes('{number}') ? [1, 2, 3].map((n) => one.replace('{number}', String(n))) : [one]
    )
    const hasEditions = parameters.some(({ name }) => name === 'edition')
    return numbered.flatMap((one) => (hasEditions ? [one, `${one}?edition=draft`] : [one]))
  })
}

t.test('what a role may not read stands in nothing that it may read', async (t) => {
  const client = await app(t)
  const tokens = new Map<Role, string | null>([['reader', null]])
  for (const role of ['viewer', 'contributor', 'editor', 'moderator', 'admin'] as const)
    tokens.set(role, (await client.token(role)).token)
  const ids = await marked(client)
  const urls = addresses(inlined(client.document).paths as Paths, ids)
  t.ok(urls.length > 100)
  for (const [role, token] of tokens) {
    const read = new Set<string>()
    for (const url of urls) {
      const authorization = token ? { authorization: `Bearer ${token}` } : {}
      const { body, statusCode } = await client.server.inject({ url, headers: authorization })
      if (statusCode >= 500) t.fail(`${url}: ${statusCode}`)
      const found = Object.keys(marks).filter((mark) => body.includes(mark))
      for (const mark of found) {
        read.add(mark)
        if (!marks[mark]!.includes(role)) t.fail(`a ${role} reads ${mark} at ${url}`)
      }
    }
    const may = Object.keys(marks).filter((mark) => marks[mark]!.includes(role))
    t.same([...read].sort(), may.sort(), `what a ${role} may read, they do`)
  }
  await client.server.listen({ port: 0, host: '127.0.0.1' })
  for (const role of ['viewer', 'contributor', 'moderator'] as const) {
    const heard = await streamed(client, tokens.get(role)!)
    for (const [mark, may] of Object.entries(marks))
      if (!may.includes(role)) t.notMatch(heard, mark, `the stream of a ${role}`)
    t.equal(heard.includes('markreturn'), role !== 'moderator')
  }
})

interface Page {
  data: { seq: number }[]
  next: number | null
}

/** The whole change log, as the stream tells it to this token. */
async function streamed({ server, get }: Client, token: string): Promise<string> {
  let next: number | null = 0
  let last = 0
  while (next !== null) {
    const page: Page = (await get(`/v1/changes?after=${next}`)).json<Page>()
    last = page.data.at(-1)!.seq
    next = page.next
  }
  const { port } = server.server.address() as AddressInfo
  const headers = { authorization: `Bearer ${token}` }
  return new Promise((resolve) => {
    const request = http.get(
      { port, path: '/v1/changes/stream?after=0', headers, agent: false },
      (response) => {
        let heard = ''
        response.on('data', (piece) => {
          heard += piece
          if (!heard.includes(`id: ${last}\n`)) return
          resolve(heard)
          request.destroy()
        })
      }
    )
    request.on('error', () => {})
  })
}

t.test('the bytes of renditions hold the public credit, and no terms, fees and contacts', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg', 'webp', 'avif'] })
  const token = (await client.token('editor', { name: 'markapprover' })).token
  const picture = await uploaded(
    client,
    await pictureWith(
      property('photoshop:Instructions', 'markfee 400'),
      '<Iptc4xmpCore:CreatorContactInfo rdf:parseType="Resource"><Iptc4xmpCore:CiEmailWork>markcontact@harbour.example</Iptc4xmpCore:CiEmailWork></Iptc4xmpCore:CreatorContactInfo>'
    )
  )
  const credit = (
    await client.post(`/v1/media/${picture.id}/credits`, {
      creditLine: 'Harbour Wire',
      approvalBy: 'markapprover',
      maxUses: 4711
    })
  ).json<{ id: string }>()
  await client.post(`/v1/media-credits/${credit.id}/approve`, {}, { token })
  const story = await client.draft({ leadMediaId: picture.id })
  const { renditions } = await rendered(client, picture.id)
  t.equal((await client.post(`/v1/articles/${story.id}/publish`)).status, 200)
  t.equal(renditions!.length, 3)
  for (const { url, type } of renditions!) {
    const { rawPayload, statusCode } = await client.server.inject({ url })
    t.equal(statusCode, 200)
    const bytes = rawPayload.toString('latin1')
    t.match(bytes, 'Harbour Wire', type)
    t.notMatch(bytes, /markfee|markcontact|markapprover|4711/, type)
  }
  for (const url of [
    `/v1/articles/${story.id}`,
    `/v1/media/${picture.id}`,
    '/v1/media-credits',
    '/v1/feeds/rss'
  ])
    t.notMatch((await client.read(url)).body, /markfee|markcontact|markapprover|4711/, url)
})
