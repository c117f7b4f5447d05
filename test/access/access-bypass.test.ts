// The same requests in other clothes: whatever an address is written like, nobody gets more than the table gives.
import http from 'node:http'
import t, { type Test } from 'tap'
import { inlined } from '../../fuzz/document.ts'
import { app, type Client, ferry } from '../support/app.ts'

interface Operation {
  operationId: string
  security: object[]
  'x-roles': string[]
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> }
}
interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { examples?: unknown[] }> }
}

const roles = ['contributor', 'editor', 'moderator', 'admin']
const canary = 'CANARY'

/** A record of every kind that the public is not shown, each saying CANARY. Answers the id of each by its collection. */
async function hidden({ post, draft, token }: Client) {
  const story = await draft({ ...ferry, title: canary, dek: canary })
  const made = async (url: string, body: object) => {
    const answer = await post(url, body)
    return answer.json<{ id: string }>().id
  }
  const article = `/v1/articles/${story.id}`
  const media = await made('/v1/media', { kind: 'image', caption: canary })
  const open = await draft()
  await post(`/v1/articles/${open.id}/publish`)
  const hops = [{ sourceId: story.sources[0]!.id, relation: 'said' }]
  return {
    articles: story.id,
    quotes: story.quotes[0]!.id,
    attributions: await made(`${article}/attributions`, { claim: canary, hops }),
    sources: await made('/v1/sources', { kind: 'person', name: canary }),
    media,
    'media-credits': await made(`/v1/media/${media}/credits`, { creditLine: canary }),
    corrections: await made(`${article}/corrections`, { kind: 'update', text: canary }),
    comments: await made(`/v1/articles/${open.id}/comments`, { author: { name: canary }, body: canary }),
    webhooks: await made('/v1/webhooks', {
      url: `https://site.example/${canary}`,
      events: ['article.published']
    }),
    tokens: (await token('editor', { name: canary })).id
  } as Record<string, string>
}

/** The address in other spellings. */
function disguises(path: string, id: string | undefined) {
  const [, , collection = ''] = path.split('/')
  const encoded =
    collection && path.replace(collection, `%${collection.charCodeAt(0).toString(16)}${collection.slice(1)}`)
  const spelled = [
    path,
    `${path}/`,
    `/${path}`,
    path.replace(/\/(?=[^/]*$)/, '//'),
    path.replace('/', '/./'),
    `/v1/tags/..${path}`,
    `/v1/tags/%2e%2e${path.slice(3)}`,
    `${path};x`,
    `${path};edition=draft`,
    path.replace('/v1/', '/v1;x/'),
    path.replace(/\/(?=[^/]*$)/, '%2f'),
    path.replace(/\/(?=[^/]*$)/, '\\'),
    path.toUpperCase(),
    path.replace('/v1/', '/V1/'),
    encoded,
    `${path}%20`,
    `${path}%00`,
    `${path}.json`,
    `${path}?`,
    `${path}%3Fedition=draft`,
    ...(id
      ? [
          path.replace(id, `1${id}`),
          path.replace(id, `${id}x`),
          path.replace(id, `${id}%00`),
          path.replace(id, `${id}/${id}`),
          path.replace(id, id.toUpperCase()),
          path.replace(id, id.replace('_', '%5F')),
          `${path}?id=${id}&id=${id}`
        ]
      : [])
  ]
  // What does not begin with a slash is no address, and no request.
  return spelled.filter((one) => one.startsWith('/'))
}

const draftly = [
  'edition=draft',
  'edition=draft&edition=published',
  '%65dition=dr%61ft',
  'edition[]=draft',
  'Edition=draft'
]

/** Sends an address as it is written, over sockets that are kept. */
function sender(t: Test, port: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
  t.teardown(() => agent.destroy())
  return (method: string, path: string, headers: Record<string, string>, body = '') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = http.request({ port, agent, method, path, headers }, (response) => {
        let text = JSON.stringify(response.headers)
        response.on('data', (chunk) => (text += chunk))
        response.once('end', () => resolve({ status: response.statusCode!, text }))
      })
      request.once('error', reject)
      request.end(body)
    })
}

interface Body {
  headers: Record<string, string>
  body: string
}

/** What the document says a body of this operation is, or nothing. */
function bodyOf({ components }: Document, { requestBody }: Operation): Body {
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {})
  if (type === undefined) return { headers: {}, body: '' }
  const [example] = components.schemas[content!.schema.$ref?.split('/').at(-1) ?? '']?.examples ?? ['a page']
  const body = type.startsWith('text/') ? String(example) : JSON.stringify(example)
  return { headers: { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) }, body }
}

/** Every operation that not everybody may do, at the hidden records, with a body that it would take. */
function operations(document: Document, ids: Record<string, string>) {
  return Object.entries(document.paths).flatMap(([template, methods]) => {
    const id = ids[template.split('/')[2] ?? '']
    const path = template
      .replace('{id}', id ?? '')
      .replace('{number}', '1')
      .replace('{deliveryId}', 'dlv_x')
    return Object.entries(methods)
      .filter(([, operation]) => operation['x-roles'].length > 0)
      .map(([method, operation]) => ({
        operationId: operation.operationId,
        method: method.toUpperCase(),
        paths: disguises(path, template.includes('{id}') ? id : undefined),
        isOpen: operation.security.some((one) => Object.keys(one).length === 0),
        outside: [null, ...roles.filter((role) => !operation['x-roles'].includes(role))],
        ...bodyOf(document, operation)
      }))
  })
}

/** An app full of what the public is not shown, and who asks for it. */
async function newsroom(t: Test) {
  const client = await app(t, { usageDelay: 600_000 })
  const ids = await hidden(client)
  // Through a proxy: programs on the same machine read the metrics without a token.
  const tokens = new Map<string | null, Record<string, string>>([[null, { via: '1.1 elsewhere' }]])
  for (const role of roles) tokens.set(role, { authorization: `Bearer ${(await client.token(role)).token}` })
  const address = await client.server.listen({ port: 0 })
  const send = sender(t, Number(new URL(address).port))
  const document = inlined((await client.get('/openapi.json')).json<Document>())
  return { client, send, tokens, all: operations(document, ids) }
}

t.test('no disguise of an address gives more than the table does', async (t) => {
  const { client, send, tokens, all } = await newsroom(t)
  t.ok(all.length > 60)
  const shown = all.filter(({ method, operationId }) => method === 'GET' && operationId !== 'streamChanges')
  const toAdmin = shown.map(({ paths: [path], isOpen }) =>
    send('GET', `${path}${isOpen ? '?edition=draft' : ''}`, tokens.get('admin')!)
  )
  const canaries = (await Promise.all(toAdmin)).filter(({ text }) => text.includes(canary))
  t.ok(canaries.length > 15, 'there is something to hide')
  const before = client.db.version()
  for (const { operationId, method, paths, isOpen, outside, headers, body } of all) {
    const reads = method === 'GET'
    const methods = reads ? ['GET', 'HEAD'] : [method]
    const urls = isOpen
      ? paths.flatMap((path) => draftly.map((query) => `${path}${path.includes('?') ? '&' : '?'}${query}`))
      : paths
    const faults: string[] = []
    await Promise.all(
      outside.flatMap((role) =>
        methods.flatMap((method) =>
          urls.map(async (url) => {
            const answer = await send(method, url, { ...tokens.get(role), 'if-match': '*', ...headers }, body)
            const isFine = [400, 401, 403, 404, 405].includes(answer.status) && !answer.text.includes(canary)
            if (!isFine)
              faults.push(`${role} ${method} ${url}: ${answer.status} ${answer.text.slice(0, 200)}`)
          })
        )
      )
    )
    t.strictSame(faults, [], operationId)
    t.equal(client.db.version(), before, `${operationId} wrote nothing`)
  }
})

t.test('no other method is meant than the one that is sent', async (t) => {
  const { client, send, tokens, all } = await newsroom(t)
  const before = client.db.version()
  const overriding = (method: string) =>
    ['x-http-method-override', 'x-http-method', 'x-method-override'].map((name) => ({ [name]: method }))
  for (const { operationId, method, paths, headers, body } of all.filter(({ method }) => method !== 'GET')) {
    for (const override of overriding(method)) {
      for (const role of [null, ...roles]) {
        const answer = await send(
          'GET',
          paths[0]!,
          { ...tokens.get(role), 'if-match': '*', ...headers, ...override },
          body
        )
        if (role === null) t.notMatch(answer.text, canary, operationId)
      }
      const sent = await send('POST', `/v1/tags?_method=${method}`, { ...tokens.get('admin'), ...override })
      t.equal(sent.status, 405)
    }
    t.equal(client.db.version(), before, `${operationId} was not done`)
  }
})

t.test('to the public, what is hidden, what was deleted and what never was are the same bytes', async (t) => {
  const { client } = await newsroom(t)
  const ids = await hidden(client)
  const gone = await hidden(client)
  const order = [
    'comments',
    'corrections',
    'attributions',
    'media-credits',
    'media',
    'quotes',
    'articles',
    'sources'
  ]
  for (const kind of order) {
    const { status, body } = await client.remove(`/v1/${kind}/${gone[kind]}`)
    t.equal(status, 204, body)
  }
  const asked = async (url: string) => {
    const { status, headers, body } = await client.read(url)
    const { 'x-request-id': _, date: _d, ...same } = headers
    return { status, body, headers: same }
  }
  for (const kind of order) {
    const id = ids[kind]!
    const never = `${id.slice(0, 4)}01k9v3w8zhe5ra4gxm7y2bqd6c`
    for (const more of kind === 'articles' ? ['', '?body=html', '/comments', '/related'] : ['']) {
      const at = (id: string) => asked(`/v1/${kind}/${id}${more}`)
      const [hiddenAnswer, goneAnswer, neverAnswer] = [await at(id), await at(gone[kind]!), await at(never)]
      t.strictSame(hiddenAnswer, neverAnswer, `hidden ${kind}${more}`)
      t.strictSame(goneAnswer, neverAnswer, `deleted ${kind}${more}`)
      if (more === '') t.equal(neverAnswer.status, 404)
    }
  }
})
