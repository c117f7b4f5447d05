import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify from 'fastify'
import t from 'tap'
import { inlined } from '../../fuzz/document.ts'
import { completeOperations } from '../../src/access/operations.ts'
import { settings } from '../../src/config/config.ts'
import { kinds } from '../../src/http/problems.ts'
import { written } from '../../src/http/server/document/collect.ts'
import { app } from '../support/app.ts'
import { faults } from '../support/contract.ts'

interface Operation {
  operationId: string
  summary: string
  description: string
  tags: string[]
  security: object[]
  parameters?: { name: string; in: string; description?: string; schema: object }[]
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> }
  responses: Record<
    string,
    { description: string; headers?: Record<string, object>; content?: Record<string, { schema: object }> }
  >
}
interface Document {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { examples?: unknown[]; example?: unknown; properties?: object }> }
}

t.test('all apps of a process have the same schemas, so that validators are compiled once', async (t) => {
  const [{ server }, { server: other }] = [await app(t), await app(t)]
  t.match(server.getSchema('Problem'), { $id: 'Problem', type: 'object' })
  t.equal(server.getSchema('Problem'), other.getSchema('Problem'))
})

t.test('the committed document is the one the program serves', async (t) => {
  const { server } = await app(t)
  const committed = readFileSync('openapi/openapi.json', 'utf8')
  t.equal(
    committed,
    written(server.swagger()),
    'npm run openapi -- openapi/openapi.json brings it up to date'
  )
  const plain = await server.inject('/openapi.json')
  t.equal(plain.body, committed)
  t.match(plain.headers, { 'content-type': 'application/json; charset=utf-8', vary: /accept-encoding/ })
  const gzip = { 'accept-encoding': 'gzip' }
  const compressed = await server.inject({ url: '/openapi.json', headers: gzip })
  t.equal(gunzipSync(compressed.rawPayload).toString(), committed)
  t.not(compressed.headers.etag, plain.headers.etag, 'each coding has a tag of its own')
  for (const { headers, sent } of [
    { headers: plain.headers, sent: {} },
    { headers: compressed.headers, sent: gzip }
  ]) {
    const again = await server.inject({
      url: '/openapi.json',
      headers: { ...sent, 'if-none-match': String(headers.etag) }
    })
    t.strictSame([again.statusCode, again.body], [304, ''])
  }
})

t.test('the document is small: 2.6 kB an operation', (t) => {
  const text = readFileSync('openapi/openapi.json', 'utf8')
  const { paths } = JSON.parse(text) as Document
  const operations = Object.values(paths).flatMap((methods) => Object.keys(methods)).length
  t.ok(Buffer.byteLength(text) / operations <= 2600, `${Buffer.byteLength(text) / operations} bytes`)
  t.end()
})

/** What the counting below needs of a schema, parameter or header. */
interface Described {
  $ref?: string
  description?: string
  examples?: unknown[]
  example?: unknown
  enum?: unknown[]
  type?: unknown
  items?: Described
  anyOf?: Described[]
  oneOf?: Described[]
  properties?: Record<string, Described>
}

t.test('every parameter, property and header is described, with an example', async (t) => {
  const { server } = await app(t)
  const document = server.swagger() as unknown as Document & {
    components: { schemas: Record<string, Described>; headers: Record<string, Described> }
  }
  const named = ({ $ref }: Described) => document.components.schemas[$ref!.split('/').at(-1)!]!
  const isDescribed = (one: Described): boolean =>
    Boolean(one.description) || (one.$ref !== undefined && isDescribed(named(one)))
  /** A list or an object has an example where its items or properties have. */
  function hasExample(one: Described, seen = new Set<Described>()): boolean {
    if (seen.has(one) || one.examples || one.example !== undefined || one.type === 'null') return true
    seen.add(one)
    if (one.$ref) return hasExample(named(one), seen)
    if (one.items) return hasExample(one.items, seen)
    const parts = Object.values(one.properties ?? one.anyOf ?? one.oneOf ?? {})
    return parts.length > 0 && parts.every((part) => hasExample(part, seen))
  }
  let counted = 0
  function count(name: string, one: Described) {
    counted++
    t.ok(isDescribed(one), `${name} is described`)
    t.ok(hasExample(one), `${name} has an example`)
  }
  function visit(path: string, schema: unknown) {
    if (typeof schema !== 'object' || schema === null) return
    const { properties = {} } = schema as Described
    for (const [name, property] of Object.entries(properties)) count(`${path}.${name}`, property)
    for (const [key, inner] of Object.entries(schema))
      if (!['examples', 'example', 'default'].includes(key))
        visit(key === 'properties' ? path : `${path}.${key}`, inner)
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) visit(name, schema)
  for (const operation of Object.values(inlined(document).paths).flatMap((methods) =>
    Object.values(methods)
  )) {
    for (const parameter of operation.parameters ?? [])
      count(`${operation.operationId} ${parameter.name}`, parameter)
    for (const [status, { headers = {} }] of Object.entries(operation.responses))
      for (const [name, header] of Object.entries(headers))
        count(`${operation.operationId} ${status} ${name}`, header)
    for (const [status, { content = {} }] of Object.entries(operation.responses))
      visit(`${operation.operationId} ${status}`, content)
  }
  t.ok(counted > 2000, `${counted} of them`)
})

t.test('whatever tells schemas apart says which value stands for which', async (t) => {
  const { document } = await app(t)
  const { components } = document as unknown as {
    components: { schemas: Record<string, { items?: Tagged } & Tagged> }
  }
  interface Tagged {
    discriminator?: { propertyName: string; mapping: Record<string, string> }
    oneOf?: object[]
  }
  const { Body, SearchResult, TextBlock } = components.schemas
  const at = (name: string) => `#/components/schemas/${name}`
  t.strictSame(Body!.items!.discriminator, {
    propertyName: '_type',
    mapping: {
      block: at('TextBlock'),
      image: at('ImageBlock'),
      embed: at('EmbedBlock'),
      rule: at('RuleBlock'),
      code: at('CodeBlock'),
      table: at('TableBlock')
    }
  })
  t.strictSame(SearchResult!.discriminator!.mapping, {
    article: at('ArticleResult'),
    quote: at('QuoteResult'),
    media: at('MediaResult')
  })
  t.match(JSON.stringify(TextBlock), '"mapping":{"link":"#/components/schemas/Link"')
})

t.test('every event is named as a webhook', async (t) => {
  const { document } = await app(t)
  const { webhooks, components } = document as unknown as {
    webhooks: Record<string, { $ref: string }>
    components: {
      pathItems: Record<string, { post: Operation }>
      schemas: Record<string, { enum?: string[] }>
    }
  }
  t.strictSame(Object.keys(webhooks), components.schemas.EventName!.enum)
  for (const { $ref } of Object.values(webhooks)) t.equal($ref, '#/components/pathItems/Event')
  const { parameters, requestBody } = components.pathItems.Event!.post
  t.strictSame(
    parameters!.map(({ name }) => name),
    ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  )
  t.strictSame(requestBody!.content['application/json']!.schema, {
    $ref: '#/components/schemas/WebhookEvent'
  })
})

t.test('filters of several values say how they are written', async (t) => {
  const { document } = await app(t)
  const { paths } = inlined(document as unknown as Document)
  const parameters = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters = [] }) => parameters)
  )
  const lists = parameters.filter(({ schema }) => 'items' in schema)
  t.ok(lists.length > 50)
  for (const list of lists) {
    t.match(list, { style: 'form', explode: true }, list.name)
    t.notOk('style' in list.schema || 'explode' in list.schema, list.name)
  }
})

t.test('the document is valid OpenAPI 3.1', async (t) => {
  const document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as Document
  t.match(document.openapi, /^3\.1\./)
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  t.equal(valid, true, JSON.stringify(errors))
})

/** What has no version, and so no tag; or where If-Match may be left out. */
const unversioned = [
  'revokeToken',
  'revokePreview',
  'deleteBackup',
  'deleteExport',
  'takeLock',
  'releaseLock',
  'deleteBan',
  'eraseCommentAuthor',
  'deleteFromTrash',
  'emptyTrash',
  'putExternalArticle',
  'appendToUpload',
  'deleteUpload'
]

t.test('every operation is complete', async (t) => {
  const { server } = await app(t)
  const document = inlined(server.swagger() as unknown as Document)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )
  const ids = operations.map(({ operation }) => operation.operationId)
  t.equal(new Set(ids).size, ids.length, 'operationIds are unique')
  t.ok(ids.length > 50)
  const tags = document.tags.map(({ name }) => name)
  for (const { path, method, operation } of operations) {
    const name = `${method} ${path}`
    t.match(operation, { operationId: /^[a-z][a-zA-Z]+$/, summary: /\.$/, description: /\.$/ }, name)
    t.equal(operation.tags.filter((tag) => tags.includes(tag)).length, 1, `${name} has one declared tag`)
    t.ok(operation.security.length > 0, `${name} says who may`)
    const statuses = Object.keys(operation.responses)
    t.ok(
      statuses.some((status) => status.startsWith('2')),
      `${name} can succeed`
    )
    for (const status of ['400', 'default']) t.ok(statuses.includes(status), `${name} tells of ${status}`)
    if (path.includes('{')) t.ok(statuses.includes('404'), `${name} tells of 404`)
    for (const [, parameter] of path.matchAll(/\{(\w+)\}/g)) {
      t.ok(
        operation.parameters?.some((one) => one.in === 'path' && one.name === parameter),
        `${name} declares ${parameter}`
      )
    }
    for (const [status, response] of Object.entries(operation.responses)) {
      t.ok(response.description, `${name} describes ${status}`)
      if (status === 'default' || Number(status) >= 400) {
        t.match(
          response.content,
          { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          `${name} ${status}`
        )
      }
    }
    if (['patch', 'put', 'delete'].includes(method) && !unversioned.includes(operation.operationId)) {
      for (const status of ['412', '428']) t.ok(statuses.includes(status), `${name} tells of ${status}`)
      t.ok(
        operation.parameters?.some((one) => one.name === 'If-Match'),
        `${name} declares If-Match`
      )
    }
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
      const input = document.components.schemas[schema.$ref?.split('/').at(-1) ?? '']
      t.ok(input, `${name} names its body`)
      t.ok(input?.examples ?? input?.example, `${name} has an example`)
    }
  }
})

t.test('what any request may be refused with is the default of every operation', async (t) => {
  const { document } = await app(t)
  const { components } = document as unknown as {
    components: { responses: Record<string, { description: string; headers: object }> }
  }
  const { description, headers } = components.responses.Refused!
  for (const kind of [
    'token-missing',
    'forbidden',
    'too-large',
    'internal',
    'unavailable',
    'insufficient-storage'
  ])
    t.match(description, `\`${kind}\`: `)
  t.strictSame(Object.keys(headers).sort(), ['RateLimit', 'RateLimit-Policy', 'Retry-After'])
})

t.test('an operation that nobody said who may do stops the start', (t) => {
  const server = Fastify()
  completeOperations(server, async () => undefined)
  const add = () => server.get('/x', { schema: { operationId: 'stealTheSilver' } }, () => '')
  t.throws(add, { message: 'access/permissions.ts says nothing of the operation stealTheSilver' })
  t.end()
})

t.test('every example is what its schema says', async (t) => {
  const { document } = await app(t)
  const { components } = document as unknown as Document
  for (const [name, schema] of Object.entries(components.schemas)) {
    for (const example of schema.examples ?? []) t.same(faults({ components }, schema, example), [], name)
  }
})

t.test('what a read has to be asked is answered as the examples of the document ask it', async (t) => {
  const { server, get } = await app(t)
  const asked: string[] = []
  for (const [path, methods] of Object.entries(inlined(server.swagger() as unknown as Document).paths)) {
    const parameters = (methods.get?.parameters ?? []) as Asked[]
    const needed = parameters.filter((one) => one.in === 'query' && one.required)
    if (needed.length === 0 || path.includes('{')) continue
    const query = needed.map((one) => [one.name, String(one.example ?? one.schema.examples![0])])
    asked.push(path)
    // An embed needs the front page of the newsroom, which this one has not named.
    const status = path === '/v1/oembed' ? 404 : 200
    t.equal((await get(`${path}?${new URLSearchParams(query)}`)).status, status, path)
  }
  t.match(asked.sort(), ['/v1/oembed', '/v1/reports/credits', '/v1/reports/sources', '/v1/search'])
})

interface Asked {
  name: string
  in: string
  required?: boolean
  example?: unknown
  schema: { examples?: unknown[] }
}

t.test('no public schema has a field of the desk', async (t) => {
  const { document } = await app(t)
  const { components } = document as unknown as Document
  const desk = ['version', 'status', 'notes', 'embargoUntil', 'reasons', 'email', 'key', 'hash']
  for (const name of [
    'Article',
    'ArticleCard',
    'Quote',
    'Attribution',
    'Source',
    'Media',
    'MediaCredit',
    'Correction',
    'Comment',
    'Hop'
  ]) {
    for (const field of Object.keys(components.schemas[name]!.properties!))
      t.notOk(desk.includes(field), `${name}.${field}`)
  }
})

/** Whether a pattern says how long a text is at most: from end to end, and without endless repetition. */
const hasEnd = (pattern: string) =>
  /^\^.*\$$/.test(pattern) && !/[*+]|\{\d+,\}/.test(pattern.replace(/\\.|\[.*?\]/g, 'x'))

/** Where in a schema a text may be of any length, or a list have any number of items. */
function endless(document: Document, schema: unknown, path: string, seen: Set<unknown>): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return []
  seen.add(schema)
  const {
    $ref,
    type,
    enum: choices,
    const: constant,
    maxLength,
    maxItems,
    pattern
  } = schema as Record<string, unknown>
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1)!
    return endless(document, document.components.schemas[name], name, seen)
  }
  const types = [type].flat()
  const isBounded =
    choices !== undefined || constant !== undefined || maxLength !== undefined || hasEnd(String(pattern))
  return [
    ...(types.includes('string') && !isBounded ? [path] : []),
    ...(types.includes('array') && maxItems === undefined ? [path] : []),
    ...Object.entries(schema).flatMap(([name, inner]) =>
      ['example', 'examples', 'default'].includes(name)
        ? []
        : endless(document, inner, `${path}/${name}`, seen)
    )
  ]
}

t.test('every text that is sent has a length, and every list an end', async (t) => {
  const { server } = await app(t)
  const document = inlined(server.swagger() as unknown as Document)
  const seen = new Set<unknown>()
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { parameters = [], requestBody }] of Object.entries(methods))
      for (const input of [...parameters, ...Object.values(requestBody?.content ?? {})])
        t.same(
          endless(document, input.schema, 'schema', seen),
          [],
          `${method} ${path} ${'name' in input ? input.name : ''}`
        )
  t.ok(seen.size > 500)
})

t.test('every kind of problem has a page', async (t) => {
  const { server, read } = await app(t)
  for (const [kind, [, title]] of Object.entries(kinds)) {
    const page = await server.inject(`/problems/${kind}`)
    t.equal(page.statusCode, 200)
    t.match(page.body, `<h1>${title}</h1>`)
  }
  t.equal((await read('/problems/nonsense')).status, 400)
})

t.test('the documentation is readable without the internet', async (t) => {
  const { server } = await app(t)
  const page = await server.inject('/docs/')
  t.equal(page.statusCode, 200)
  const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, to]) => to!)
  t.ok(assets.length > 3)
  for (const asset of assets) {
    t.match(asset, /^\.\//, `${asset} is our own`)
    t.equal((await server.inject(`/docs/${asset.slice(2)}`)).statusCode, 200, asset)
  }
  // The page reads the document that is written: to make it would hold up everybody.
  for (const [path, type] of [
    ['json', 'application/json'],
    ['yaml', 'application/yaml']
  ]) {
    const { body, headers } = await server.inject(`/docs/${path}`)
    t.equal(body, readFileSync('openapi/openapi.json', 'utf8'))
    t.match(headers['content-type'], type)
  }
})

t.test('the guide to running it tells of every setting', (t) => {
  const readme = readFileSync('docs/running.md', 'utf8')
  for (const { name, standard } of settings) {
    t.match(readme, `\`${name}\``)
    if (standard !== undefined) t.match(readme, new RegExp(`\`${name}\` \\| \`${standard}\``))
  }
  t.end()
})
