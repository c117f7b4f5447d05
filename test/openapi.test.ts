import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import Fastify from 'fastify'
import t from 'tap'
import { completeOperations } from '../src/access/operations.ts'
import { settings } from '../src/config.ts'
import { kinds } from '../src/http/problems.ts'
import { app } from './app.ts'
import { faults } from './contract.ts'

interface Operation {
  operationId: string
  summary: string
  description: string
  tags: string[]
  security: object[]
  parameters?: { name: string; in: string; description?: string; schema: object }[]
  requestBody?: { content: Record<string, { schema: { $ref?: string } }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>
}
interface Document {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, { examples?: unknown[]; example?: unknown; properties?: object }> }
}

t.test('the committed document is the one the program serves', async (t) => {
  const { server } = await app(t)
  const served = (await server.inject('/openapi.json')).json()
  const committed = JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))
  t.same(committed, served, 'npm run openapi -- openapi/openapi.json brings it up to date')
})

t.test('the document is valid OpenAPI 3.1', async (t) => {
  const document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as Document
  t.match(document.openapi, /^3\.1\./)
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never)
  t.equal(valid, true, JSON.stringify(errors))
})

/** What has no version, and so no tag. */
const unversioned = [
  'revokeToken',
  'deleteBackup',
  'takeLock',
  'releaseLock',
  'deleteBan',
  'eraseCommentAuthor',
  'deleteFromTrash',
  'emptyTrash'
]

t.test('every operation is complete', async (t) => {
  const { server } = await app(t)
  const document = server.swagger() as unknown as Document
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
    for (const status of ['400', '500', '503']) t.ok(statuses.includes(status), `${name} tells of ${status}`)
    if (operation.security.some((one) => 'token' in one)) {
      for (const status of ['401', '403']) t.ok(statuses.includes(status), `${name} tells of ${status}`)
    }
    if (path.includes('{')) t.ok(statuses.includes('404'), `${name} tells of 404`)
    for (const [, parameter] of path.matchAll(/\{(\w+)\}/g)) {
      t.ok(
        operation.parameters?.some((one) => one.in === 'path' && one.name === parameter),
        `${name} declares ${parameter}`
      )
    }
    for (const [status, response] of Object.entries(operation.responses)) {
      t.ok(response.description, `${name} describes ${status}`)
      if (Number(status) >= 400) {
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

t.test('an operation that nobody said who may do stops the start', (t) => {
  const server = Fastify()
  completeOperations(server, async () => undefined)
  const add = () => server.get('/x', { schema: { operationId: 'stealTheSilver' } }, () => '')
  t.throws(add, { message: 'access/permissions.ts says nothing of the operation stealTheSilver' })
  t.end()
})

t.test('every example is what its schema says', async (t) => {
  const { server } = await app(t)
  const { components } = server.swagger() as unknown as Document
  for (const [name, schema] of Object.entries(components.schemas)) {
    for (const example of schema.examples ?? []) t.same(faults({ components }, schema, example), [], name)
  }
})

t.test('no public schema has a field of the desk', async (t) => {
  const { server } = await app(t)
  const { components } = server.swagger() as unknown as Document
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
  const document = server.swagger() as unknown as Document
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
})

t.test('the guide to running it tells of every setting', (t) => {
  const readme = readFileSync('docs/running.md', 'utf8')
  for (const { name, standard } of settings) {
    t.match(readme, `\`${name}\``)
    if (standard !== undefined) t.match(readme, new RegExp(`\`${name}\` \\| \`${standard}\``))
  }
  t.end()
})
