import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { inlined } from '../../fuzz/document.ts'
import { completeOperations } from '../../src/access/operations.ts'
import { permissions } from '../../src/access/permissions.ts'
import { build } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { sendProblems } from '../../src/http/server/errors.ts'
import { Problem } from '../../src/http/server/problem-schema.ts'
import { countRefusals } from '../../src/http/server/rate-limited-log.ts'
import { type Answer, admin, app, type Client, database, opened, secret } from '../support/app.ts'
import { issuer } from '../support/oidc-issuer.ts'

interface Operation {
  operationId: string
  security: object[]
  'x-roles': string[]
  parameters?: { in: string; name: string }[]
}
interface Token {
  id: string
  name: string
  token: string
  revokedAt: string | null
}

/** Who may do what, in the order of the roles below. Every operation of the document is in exactly one line. */
const may: Record<string, string> = {
  'viewer contributor editor admin': `
    listArticles getArticle checkArticle createPreview listPreviews revokePreview lookUpSourceMerge listSourceDuplicates listImports getImport getImportPage getImportReport listEditions getEdition
    compareEditions listRevisions getRevision getArticleHistory getLock listQuotes getQuote listAttributions
    getAttribution listSources getSource listMedia getMedia listMediaCredits getMediaCredit listCorrections
    getCorrection listAllegations getAllegation reportSources getSourceFields listReplyRequests getReplyRequest
    checkQuotes getArticleProvenance getQuoteProvenance getAttributionProvenance
    listSourceDependents listArticleDependents listQuoteDependents listAttributionDependents getPublisher getAiUse listReviews getReview
    getFile getMediaSettings getMediaMetadata
    getLicences listMediaUses reportCredits`,
  'contributor editor admin': `
    createReplyRequest updateReplyRequest replaceReplyRequest deleteReplyRequest
    createArticle updateArticle replaceArticle deleteArticle putExternalArticle importPage
    reviewImport deleteImport
    submitArticle restoreEdition
    restoreRevision
    listTrash restoreFromTrash duplicateArticle takeLock releaseLock
    createQuote updateQuote replaceQuote deleteQuote
    createAttribution updateAttribution replaceAttribution deleteAttribution
    createSource updateSource replaceSource deleteSource
    createUpload appendToUpload getUpload deleteUpload
    createMedia updateMedia replaceMedia deleteMedia acceptMediaMetadata
    approveMediaCredit createMediaCredit updateMediaCredit replaceMediaCredit deleteMediaCredit
    createCorrection updateCorrection replaceCorrection deleteCorrection`,
  'editor admin': `
    clearReview doubtSource trustSource
    deleteFromTrash emptyTrash approveArticle returnArticle scheduleArticle unscheduleArticle publishArticle withdrawArticle publishCorrection
    reportPrivateFields writePrivateFields acceptErrorReport createAllegation updateAllegation replaceAllegation deleteAllegation
    republishSource republishMedia republishMediaCredit mergeSource unmergeSource updatePublisher replacePublisher updateAiUse replaceAiUse
    updateMediaSettings replaceMediaSettings replaceLicences updateLicences`,
  'editor moderator admin': 'listErrorReports getErrorReport declineErrorReport deleteErrorReport',
  'viewer contributor editor moderator admin': 'listChanges streamChanges getWorkflow',
  'contributor editor moderator admin': 'runBatch',
  'moderator admin': `
    listComments getComment updateComment replaceComment deleteComment approveComment rejectComment
    spamComment restoreComment decideComments listCommentDecisions listCommentReports
    listBans getBan createBan deleteBan lookUpCommentAuthor getCommentAuthor
    getCommentSettings replaceCommentSettings updateCommentSettings
    listBlockedTerms getBlockedTerm createBlockedTerm updateBlockedTerm replaceBlockedTerm deleteBlockedTerm
    tryBlockedTerm`,
  admin: `
    listTokens getToken createToken rotateToken revokeToken getMetrics
    listWebhooks getWebhook createWebhook updateWebhook replaceWebhook deleteWebhook
    rotateWebhook enableWebhook replayWebhook listDeliveries replayDelivery
    listBackups getBackup createBackup deleteBackup listExports getExport createExport deleteExport eraseCommentAuthor
    replaceSourceFields`,
  everybody: `
    getOpenApi getProblem getHealth getReadiness createComment listArticleComments
    editOwnComment deleteOwnComment reportComment getCommentForm createErrorReport lookUpErrorReport
    search listSections getPreview listTags listRelatedArticles getFeed getArticleJsonld getQuoteVariants
    getArticleMarkdown getArticleText getArticlePage getArticleNinjs getQuoteCard getOembed getIndex
    getSitemap getRobots getRsl getTdmrep getArticleRsl
    listRedirects getRedirectFile`
}
const verdicts = new Map(
  Object.entries(may).flatMap(([who, operations]) =>
    operations.split(/\s+/).flatMap((name) => (name === '' ? [] : [[name, who] as const]))
  )
)
const roles = ['viewer', 'contributor', 'editor', 'moderator', 'admin']

/** Every operation of the document at an address where nothing is; reads ask for the draft. */
function operations({ document }: Client) {
  const paths = inlined(document).paths as Record<string, Record<string, Operation>>
  const prefixes: Record<string, string> = {
    sources: 'src',
    allegations: 'alg',
    'reply-requests': 'req',
    'media-credits': 'crd',
    webhooks: 'whk',
    'blocked-terms': 'blk',
    backups: 'bak',
    exports: 'exp'
  }
  return Object.entries(paths).flatMap(([path, methods]) => {
    const collection = path.split('/')[2] ?? ''
    const prefix = prefixes[collection] ?? collection.slice(0, 3)
    const url = path
      .replace('{digest}/{name}', `${'0'.repeat(64)}/320.jpg`)
      .replace('{kind}', 'gone')
      .replace('{number}', '1')
      .replace('{key}', 'x'.repeat(22))
      .replace('{id}', `${prefix}_01k9v3w8zhe5ra4gxm7y2bqd6c`)
    return Object.entries(methods).map(([method, { operationId, parameters = [] }]) => {
      const hasEditions = parameters.some(({ name }) => name === 'edition') && operationId !== 'listTokens'
      return { method: method.toUpperCase(), path, url, operationId, hasEditions }
    })
  })
}

/** What a caller is told: `passes` when the gate let it through, whatever came after. */
function verdict({ status, headers, body }: Answer) {
  if (status !== 401 && status !== 403) return status < 500 ? 'passes' : `fails with ${status}`
  const { type } = JSON.parse(body) as Problem
  return [status, type.replace('/problems/', ''), headers['www-authenticate']].filter(Boolean).join(' ')
}
const missing = '401 token-missing Bearer'
const invalid = '401 token-invalid Bearer error="invalid_token"'

/** An app with a token of every kind: good ones by role, ours and the issuer's, and what is none. */
async function callers(t: Test) {
  let now = new Date('2026-11-02T08:00:00Z')
  const clock = () => now
  const people = await issuer(t, clock)
  const client = await app(t, { clock, config: people.config })
  const good: [string, string][] = []
  for (const role of roles) good.push([role, (await client.token(role)).token])
  const expired = await client.token('admin', { expiresAt: '2026-11-02T09:00:00Z' })
  const revoked = await client.token('admin')
  await client.remove(`/v1/tokens/${revoked.id}`)
  const rotated = await client.token('admin')
  await client.post(`/v1/tokens/${rotated.id}/rotate`)
  const graced = await client.token('admin')
  await client.post(`/v1/tokens/${graced.id}/rotate`, { grace: 3600 })
  now = new Date('2026-11-02T09:00:00Z')
  for (const role of roles) good.push([role, await people.sign({ roles: [role] })])
  const jwts = (await people.bad()).map(([title, token]): [string, Record<string, string>] => [
    `a JWT ${title}`,
    { authorization: `Bearer ${token}` }
  ])
  const bad: [string, Record<string, string>][] = [
    ['an unknown token', { authorization: `Bearer onr_${'x'.repeat(43)}` }],
    ['an expired token', { authorization: `Bearer ${expired.token}` }],
    ['a revoked token', { authorization: `Bearer ${revoked.token}` }],
    ['a token rotated out', { authorization: `Bearer ${rotated.token}` }],
    ['a token rotated out an hour ago', { authorization: `Bearer ${graced.token}` }],
    ...jwts,
    ...[
      '',
      'Bearer',
      'Bearer ',
      admin,
      `Basic ${admin}`,
      `Bearer ${admin} x`,
      `Bearer ${admin},${admin}`
    ].map((authorization): [string, Record<string, string>] => [
      `the header "${authorization}"`,
      { authorization }
    ]),
    ['a token too long', { authorization: `Bearer onr_${'x'.repeat(201)}` }],
    ['no token of ours', { authorization: 'Bearer abc' }]
  ]
  const nothing: [string, string] = ['no role', await people.sign({ roles: ['boss'] })]
  return { client, good: [...good, nothing], bad }
}

t.test('every operation is open to whom the table says, and to nobody else', async (t) => {
  const { client, good, bad } = await callers(t)
  const all = operations(client)
  t.strictSame(
    all.map(({ operationId }) => operationId).sort(),
    [...verdicts.keys()].sort(),
    'all are in the table'
  )
  for (const { method, url, operationId, hasEditions } of all) {
    const who = verdicts.get(operationId)!
    const open = who === 'everybody'
    // A stream that begins nowhere ends at once.
    const nowhere = operationId === 'streamChanges' ? '?after=nowhere' : ''
    const at = hasEditions && !open ? `${url}?edition=draft` : `${url}${nowhere}`
    // What is open to the same machine alone is not to others.
    const remoteAddress = '198.51.100.7'
    const call = async (options: object) =>
      verdict(await client.call(method, at, { remoteAddress, ...options }))
    const [got, expected] = [[] as string[], [] as string[]]
    const expect = async (title: string, options: object, verdict: string) => {
      got.push(`${title}: ${await call(options)}`)
      expected.push(`${title}: ${verdict}`)
    }
    await expect('without a token', { token: null }, open ? 'passes' : missing)
    for (const [title, headers] of bad)
      await expect(`with ${title}`, { token: null, headers }, open ? 'passes' : invalid)
    for (const [role, token] of good)
      await expect(
        `as ${role}`,
        { token },
        open || who.split(' ').includes(role) ? 'passes' : '403 forbidden'
      )
    // One assertion for all of them: each takes as long as a request.
    t.strictSame(got, expected, operationId)
  }
})

t.test('the document says of every operation who may', async (t) => {
  const { document } = await app(t)
  const paths = inlined(document).paths as Record<string, Record<string, Operation>>
  for (const { operationId, security, 'x-roles': named } of Object.values(paths).flatMap((path) =>
    Object.values(path)
  )) {
    const who = verdicts.get(operationId)!
    t.strictSame(named, who === 'everybody' ? [] : who.split(' '), operationId)
    const tokens = security.filter((one) => Object.keys(one).length > 0)
    t.strictSame(tokens, who === 'everybody' ? [] : [{ token: [] }, { oidc: [] }], operationId)
  }
})

t.test('a list of roles that is empty lets nobody in, and without one there is no start', async (t) => {
  const server = Fastify()
  server.setErrorHandler(sendProblems(countRefusals()))
  server.addSchema(Problem)
  completeOperations(server, async () => ({ id: 'x', name: 'Ines', role: 'admin', until: Infinity }))
  t.teardown(() => Object.assign(permissions, { nobody: undefined, unsaid: undefined }))
  Object.assign(permissions, { nobody: { roles: [] }, unsaid: {} })
  const add = (operationId: string) =>
    server.get(`/${operationId}`, { schema: { operationId, response: {} } }, () => '')
  add('nobody')
  t.throws(() => add('unsaid'), TypeError)
  t.equal((await server.inject('/nobody')).statusCode, 401)
  const headers = { authorization: 'Bearer onr_x' }
  t.equal((await server.inject({ url: '/nobody', headers })).statusCode, 403)
})

t.test(
  'the thread of an article has no draft edition: the queue of the moderators is another list',
  async (t) => {
    const { client, good } = await callers(t)
    const { url } = operations(client).find(({ operationId }) => operationId === 'listArticleComments')!
    for (const token of [null, ...good.map(([, token]) => token)]) {
      const answer = await client.get(`${url}?edition=draft`, { token })
      t.match(answer.json(), { status: 400, errors: [{ in: 'query', pointer: '/edition' }] })
    }
  }
)

t.test('a draft is not read by asking in other ways', async (t) => {
  const { read, draft, call, server } = await app(t)
  const { id } = await draft()
  for (const query of [
    'edition=draft&edition=draft',
    'edition=published&edition=draft',
    'edition=DRAFT',
    'edition='
  ])
    t.equal((await read(`/v1/articles/${id}?${query}`)).status, 400, query)
  t.equal((await read(`/v1/articles/${id}?%65dition=dr%61ft`)).status, 401)
  const head = await server.inject({ method: 'HEAD', url: `/v1/articles/${id}?edition=draft` })
  t.equal(head.statusCode, 401)
  t.equal(
    (await call('GET', `/v1/articles/${id}`, { token: null, headers: { edition: 'draft' } })).status,
    404
  )
})

t.test('the published edition is the same for everybody, whatever the token', async (t) => {
  const { client, good, bad } = await callers(t)
  const { draft, post, get } = client
  const story = await draft()
  await post(`/v1/articles/${story.id}/corrections`, { kind: 'update', text: 'x' })
  await post(`/v1/articles/${story.id}/publish`)
  const credentials = [
    {},
    ...good.map(([, token]) => ({ authorization: `Bearer ${token}` })),
    ...bad.map(([, headers]) => headers)
  ]
  const lists = ['articles', 'quotes', 'attributions', 'sources', 'corrections', 'media', 'comments']
  for (const url of [
    ...lists.map((list) => `/v1/${list}`),
    `/v1/articles/${story.id}`,
    `/v1/articles/${story.slug}?edition=published`,
    `/v1/quotes/${story.quotes[0]!.id}`,
    `/v1/sources/${story.sources[0]!.id}`,
    `/v1/attributions?unnamed=false&source=${story.sources[0]!.id}`,
    `/v1/articles/${story.id}/comments`
  ]) {
    const answers = await Promise.all(credentials.map((headers) => get(url, { token: null, headers })))
    const [first, ...others] = answers.map(({ status, body, headers }) => ({
      status,
      body,
      etag: headers.etag,
      caching: headers['cache-control']
    }))
    t.equal(first?.status, 200, url)
    t.equal(first?.caching, 'public, max-age=5, stale-while-revalidate=60, stale-if-error=86400')
    for (const other of others) t.strictSame(other, first, url)
  }
})

t.test('a role that may not publish leaves the draft as it was', async (t) => {
  const { token, post, get, read } = await app(t)
  const { token: contributor } = await token('contributor')
  const made = await post('/v1/articles', { title: 'Mine', body: { text: 'Words.' } }, { token: contributor })
  const { id } = made.json<{ id: string }>()
  t.equal(made.status, 201)
  const answer = await post(`/v1/articles/${id}/publish`, undefined, { token: contributor })
  t.strictSame(answer.json<Problem>().detail, 'The role contributor may not do this; editor, admin may.')
  t.equal((await get(`/v1/articles/${id}?edition=draft`, { token: contributor })).body, made.body)
  t.equal((await read(`/v1/articles/${id}`)).status, 404)
  const { token: editor } = await token('editor')
  t.equal((await post(`/v1/articles/${id}/publish`, undefined, { token: editor })).status, 200)
})

t.test('a token is shown once, and nothing tells its hash', async (t) => {
  const { post, get, db } = await app(t)
  const made = await post('/v1/tokens', {
    name: 'Ines',
    role: 'editor',
    expiresAt: '2027-01-01T01:00:00+01:00'
  })
  const { token, ...shown } = made.json<Token>()
  t.equal(made.status, 201)
  t.match(token, /^onr_[\w-]{43}$/)
  t.equal(made.headers.location, `/v1/tokens/${shown.id}`)
  t.equal(made.headers['cache-control'], 'private, no-store')
  t.match(shown, { name: 'Ines', role: 'editor', expiresAt: '2027-01-01T00:00:00.000Z', revokedAt: null })
  t.strictSame(Object.keys(shown).sort(), [
    ...['createdAt', 'expiresAt', 'id', 'lastUsedAt', 'name', 'prefix', 'previousUntil', 'revokedAt', 'role']
  ])
  t.match(shown, { prefix: token.slice(0, 8), lastUsedAt: null, previousUntil: null })

  const one = await get(`/v1/tokens/${shown.id}`)
  t.strictSame(one.json(), shown)
  t.equal(one.headers['cache-control'], 'private, no-store')
  const list = await get('/v1/tokens')
  t.strictSame(list.json(), { data: [shown], next: null })
  t.equal(list.headers['cache-control'], 'private, no-store')
  const [stored] = await db.read.q.select().from(db.read.t.tokens)
  t.notOk(JSON.stringify(stored).includes(token), 'nor is it stored')
})

t.test('a token without an end has none, and pages of tokens follow one another', async (t) => {
  const { post, get, token } = await app(t)
  const made = await post('/v1/tokens', { name: 'x', role: 'admin' })
  t.equal(made.json<{ expiresAt: null }>().expiresAt, null)
  const ids = [made.json<Token>().id]
  for (const role of roles) ids.unshift((await token(role)).id)
  const found: string[] = []
  let url: string | undefined = '/v1/tokens?limit=2'
  while (url !== undefined) {
    const answer: Answer = await get(url)
    found.push(...answer.json<{ data: Token[] }>().data.map(({ id }) => id))
    url = /^<(.+)>; rel="next"$/.exec(String(answer.headers.link))?.[1]
  }
  t.strictSame(found, ids)
})

t.test('a revoked token is refused from the next request on, and is revoked once', async (t) => {
  const { token, get, remove } = await app(t)
  const { id, token: text } = await token('editor')
  const drafts = () => get('/v1/articles?edition=draft', { token: text })
  t.equal((await drafts()).status, 200)
  t.equal((await remove(`/v1/tokens/${id}`)).status, 204)
  t.equal(verdict(await drafts()), invalid)
  t.equal((await remove(`/v1/tokens/${id}`)).status, 404)
  t.equal((await remove('/v1/tokens/tok_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
  t.match((await get(`/v1/tokens/${id}`)).json<Token>().revokedAt, /^\d{4}-/, 'it stays in the list')
  t.equal((await get('/v1/tokens/tok_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
})

t.test('a token holds until the instant it expires', async (t) => {
  let now = new Date('2026-11-02T08:00:00.000Z')
  const { token, get } = await app(t, { clock: () => now })
  const { token: text } = await token('editor', { expiresAt: '2026-11-02T10:00:00+01:00' })
  const drafts = async () => (await get('/v1/articles?edition=draft', { token: text })).status
  now = new Date('2026-11-02T08:59:59.999Z')
  t.equal(await drafts(), 200)
  now = new Date('2026-11-02T09:00:00.000Z')
  t.equal(await drafts(), 401)
})

t.test('a token goes in the header, and the scheme in any case', async (t) => {
  const { get, read } = await app(t)
  for (const name of ['token', 'access_token', 'authorization', 'api_key']) {
    const answer = await read(`/v1/articles?${name}=${admin}`)
    t.equal(answer.status, 400, name)
    t.strictSame(
      answer.json<Problem>().errors?.map(({ pointer }) => pointer),
      [`/${name}`]
    )
    t.equal((await get(`/v1/articles?edition=draft&${name}=${admin}`)).status, 400)
    t.equal((await read(`/v1/articles?edition=draft&${name}=${admin}`)).status, 401)
  }
  for (const scheme of ['bearer', 'BEARER', 'Bearer  '])
    t.equal(
      (await read('/v1/tokens', { headers: { authorization: `${scheme} ${admin}` } })).status,
      200,
      scheme
    )
})

t.test('a fresh newsroom without a fixed token refuses everything that needs one', async (t) => {
  const server = await build(await opened(t, await database(t)), {
    ...readConfig({}),
    ONRECORD_SECRET: secret,
    LOG_LEVEL: 'silent'
  })
  t.teardown(() => server.close())
  for (const token of [admin, 'onr_', 'onr_undefined', 'onr_null', 'onr_ONRECORD_ADMIN_TOKEN']) {
    for (const url of ['/v1/tokens', '/v1/articles?edition=draft']) {
      const answer = await server.inject({ url, headers: { authorization: `Bearer ${token}` } })
      t.equal(answer.statusCode, 401, `${url} with ${token}`)
    }
  }
  t.equal((await server.inject('/v1/articles')).statusCode, 200, 'what is published is open')
})

t.test('the change log knows who it was', async (t) => {
  const { token, post, db } = await app(t)
  const { token: text } = await token('editor', { name: 'Ines' })
  await post('/v1/sources', { kind: 'person', name: 'Mara' }, { token: text })
  await post('/v1/sources', { kind: 'person', name: 'Bo' })
  const rows = await db.read.q.select().from(db.read.t.changes).orderBy(db.read.t.changes.seq)
  t.strictSame(
    rows.map(({ actor, action, kind }) => [actor, action, kind]),
    [
      ['ONRECORD_ADMIN_TOKEN', 'create', 'token'],
      ['Ines', 'create', 'source'],
      ['ONRECORD_ADMIN_TOKEN', 'create', 'source']
    ]
  )
})

t.test('an operation whose permission nobody wrote down is refused when the service is built', async (t) => {
  const server = Fastify()
  t.teardown(() => server.close())
  completeOperations(server, async () => undefined)
  t.throws(() => server.get('/x', { schema: { operationId: 'getNothing' } }, async () => ({})), {
    message: 'access/permissions.ts says nothing of the operation getNothing'
  })
})
