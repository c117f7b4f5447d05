import type { ServerResponse } from 'node:http'
import type { JWTPayload } from 'jose'
import t, { type Test } from 'tap'
import { type Config, readConfig } from '../../src/config/config.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app } from '../support/app.ts'
import { audience, type Issuer, issuer, newKey, published } from '../support/oidc-issuer.ts'

const start = new Date('2026-11-02T08:00:00Z')

/** A newsroom and an issuer that tell the same time, which the test moves on. */
async function newsroom(t: Test, config: Partial<Config> = {}) {
  let now = start
  const clock = () => now
  const people = await issuer(t, clock)
  const client = await app(t, { clock, config: { ...people.config, ...config } })
  /** What a token is answered where drafts are read. */
  const drafts = async (token: string) => {
    const answer = await client.get('/v1/articles?edition=draft', { token })
    const kind = answer.status === 200 ? '' : answer.json<Problem>().type.replace('/problems/', ' ')
    return `${answer.status}${kind}`
  }
  return { ...client, people, drafts, pass: (ms: number) => (now = new Date(now.getTime() + ms)) }
}

/** Who the last change was made by. */
async function lastActor({ get }: Pick<Awaited<ReturnType<typeof newsroom>>, 'get'>) {
  const { data } = (await get('/v1/changes')).json<{ data: { actor: object }[] }>()
  return data.at(-1)!.actor
}

t.test('a JWT of the issuer is taken in the role that its claim gives', async (t) => {
  const { people, drafts, post } = await newsroom(t)
  const allowed = { contributor: [200, 403], editor: [200, 404], moderator: [403, 403], admin: [200, 404] }
  for (const [role, [reading, publishing]] of Object.entries(allowed)) {
    const token = await people.sign({ roles: [role] })
    t.equal((await drafts(token)).slice(0, 3), String(reading), role)
    const url = '/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/publish'
    t.equal((await post(url, undefined, { token })).status, publishing, role)
  }
  t.strictSame(people.asked, ['/.well-known/openid-configuration', '/keys'], 'its keys are asked for once')
})

t.test('a JWT that is not good is refused, whatever is wrong with it', async (t) => {
  const { people, drafts } = await newsroom(t)
  t.equal(await drafts(await people.sign({ roles: ['admin'] })), '200')
  for (const [title, token] of await people.bad()) t.equal(await drafts(token), '401 token-invalid', title)
  t.equal(await drafts(await people.sign({ roles: ['admin'], nbf: start.getTime() / 1000 + 5 })), '200')
  t.equal(await drafts(await people.sign({ roles: ['admin'], aud: ['other', audience] })), '200')
  for (const typ of ['JWT', 'jwt', 'at+jwt', 'application/at+jwt'])
    t.equal(await drafts(await people.sign({ roles: ['admin'] }, { typ })), '200', typ)
  const now = start.getTime() / 1000
  t.equal(await drafts(await people.sign({ roles: ['admin'], iat: now + 5 })), '200')
  t.equal(await drafts(await people.sign({ roles: ['admin'], exp: now + 31 * 86_400 })), '200')
})

t.test('claims of another form than they should have give nobody a role or a name', async (t) => {
  const { people, drafts } = await newsroom(t)
  const none = '403 forbidden'
  const bad = '401 token-invalid'
  for (const roles of [
    [],
    null,
    0,
    true,
    '',
    {},
    ['boss'],
    [['admin']],
    [{ admin: true }],
    { admin: true },
    'Admin'
  ])
    t.equal(await drafts(await people.sign({ roles } as JWTPayload)), none, JSON.stringify(roles))
  t.equal(await drafts(await people.sign()), none, 'without the claim')
  const roles = ['admin']
  for (const sub of [
    [],
    null,
    0,
    {},
    '',
    'x'.repeat(201),
    'a\u0000b',
    'a\nb',
    '\ud800',
    'a\u202eb',
    '\u2066a'
  ])
    t.equal(await drafts(await people.sign({ roles, sub } as never)), bad, JSON.stringify(sub))
  for (const claims of [
    { exp: '2099-01-01' },
    { exp: null },
    { nbf: '0' },
    { iss: [people.address] },
    { aud: {} }
  ])
    t.equal(await drafts(await people.sign({ roles, ...claims } as never)), bad, JSON.stringify(claims))
})

t.test('who has no role is told so', async (t) => {
  const { people, get } = await newsroom(t)
  const answer = await get('/v1/tokens', { token: await people.sign() })
  t.equal(answer.json<Problem>().detail, 'This token gives no role; admin may.')
})

t.test('of several roles the highest counts, and one may stand alone', async (t) => {
  const { people, get } = await newsroom(t)
  const status = async (roles: unknown) =>
    (await get('/v1/tokens', { token: await people.sign({ roles }) })).status
  t.equal(await status(['contributor', 'admin', 'editor']), 200)
  t.equal(await status(['moderator', 'contributor', 7]), 403)
  t.equal(await status('admin'), 200)
})

t.test('the groups of the issuer are mapped to roles, wherever the claim stands', async (t) => {
  const nested = await newsroom(t, {
    ONRECORD_OIDC_ROLES_CLAIM: 'realm_access.groups',
    ONRECORD_OIDC_ROLES: 'cn=desk=editor, the admins=admin'
  })
  const status = async ({ people, drafts }: typeof nested, claims: object) =>
    (await drafts(await people.sign(claims as JWTPayload))).slice(0, 3)
  t.equal(await status(nested, { realm_access: { groups: ['x', 'cn=desk'] } }), '200')
  t.equal(await status(nested, { realm_access: { groups: ['the admins'] } }), '200')
  t.equal(await status(nested, { 'realm_access.groups': ['cn=desk'] }), '200')
  for (const claims of [
    { realm_access: { groups: ['editor', 'admin', 'toString', '__proto__'] } },
    { realm_access: null },
    { realm_access: 'groups' },
    { realm_access: {} },
    { groups: ['the admins'] }
  ])
    t.equal(await status(nested, claims), '403', JSON.stringify(claims))

  const dotted = await newsroom(t, { ONRECORD_OIDC_ROLES_CLAIM: 'https://news.example/roles' })
  t.equal(await status(dotted, { 'https://news.example/roles': ['editor'] }), '200')
})

t.test(
  'a person is named by what never changes, and never as a token or a part of the program is',
  async (t) => {
    const named = await newsroom(t, { ONRECORD_OIDC_NAME_CLAIM: 'preferred_username' })
    const source = { kind: 'person', name: 'Mara' }
    const token = await named.people.sign({ roles: ['editor'], preferred_username: 'ines', sub: '17' })
    await named.post('/v1/sources', source, { token })
    t.strictSame(await lastActor(named), { name: 'oidc:ines', role: 'editor' })

    const plain = await newsroom(t)
    const impostor = await plain.people.sign({
      roles: ['editor'],
      sub: 'ONRECORD_ADMIN_TOKEN',
      name: 'timetable'
    })
    await plain.post('/v1/sources', source, { token: impostor })
    t.strictSame(await lastActor(plain), { name: 'oidc:ONRECORD_ADMIN_TOKEN', role: 'editor' })
  }
)

t.test('tokens of ours go on beside JWTs, and JWTs are nothing without an issuer', async (t) => {
  const { drafts, token, people } = await newsroom(t)
  t.equal(await drafts((await token('editor')).token), '200')
  t.strictSame(people.asked, [])
  const { get } = await app(t)
  const jwt = await people.sign({ roles: ['admin'] })
  t.equal((await get('/v1/tokens', { token: jwt })).status, 401)
})

t.test('a batch is done as the person who sent it, without asking anybody in between', async (t) => {
  const newsroomOf = await newsroom(t)
  const { people, post } = newsroomOf
  const token = await people.sign({ roles: ['contributor'] })
  const operations = [
    { method: 'POST', path: '/v1/articles', body: { title: 'Mine' }, key: 'mine' },
    { method: 'POST', path: '/v1/articles/$mine/submit' }
  ]
  t.equal((await post('/v1/batch', { operations }, { token })).status, 200)
  t.strictSame(await lastActor(newsroomOf), { name: 'oidc:ines', role: 'contributor' })
  const publishing = [...operations, { method: 'POST', path: '/v1/articles/$mine/publish' }]
  t.match((await post('/v1/batch', { operations: publishing }, { token })).json(), {
    status: 403,
    errors: [{ pointer: '/operations/2' }]
  })
  t.equal(people.asked.length, 2)
})

t.test('a stream ends when its JWT does', async (t) => {
  let now = start
  const clock = () => now
  const people = await issuer(t, clock)
  const { server } = await app(t, { clock, heartbeat: 50, config: people.config })
  const address = await server.listen({ port: 0 })
  const token = await people.sign({ roles: ['editor'] })
  const response = await fetch(`${address}/v1/changes/stream`, {
    headers: { authorization: `Bearer ${token}` }
  })
  let heard = ''
  for await (const chunk of response.body!) {
    heard += Buffer.from(chunk).toString()
    if (heard.includes('still here')) now = new Date(start.getTime() + 305_000)
  }
  t.match(heard, 'still here', 'it lived until then')
})

t.test(
  'a new key is found when it is first used, and one that was withdrawn within ten minutes',
  async (t) => {
    const { people, drafts, pass } = await newsroom(t)
    const roles = ['editor']
    t.equal(await drafts(await people.sign({ roles })), '200')
    const next = await newKey('two')
    people.said.keys = await published(next)
    t.equal(
      await drafts(await people.sign({ roles }, {}, next)),
      '401 token-invalid',
      'it was asked just now'
    )
    pass(10_000)
    t.equal(await drafts(await people.sign({ roles }, {}, next)), '200')
    t.equal(await drafts(await people.sign({ roles })), '401 token-invalid', 'the older key went')
    const third = await newKey('three')
    people.said.keys = await published(third)
    pass(10 * 60_000)
    t.equal(await drafts(await people.sign({ roles }, {}, next)), '401 token-invalid')
  }
)

t.test(
  'a token that names no key is taken where there is one, and refused where there are several',
  async (t) => {
    for (const [more, expected] of [
      [[], '200'],
      [[await newKey('two')], '401 token-invalid']
    ] as const) {
      const { people, drafts } = await newsroom(t)
      people.said.keys.keys.push(...(await published(...more)).keys)
      t.equal(await drafts(await people.sign({ roles: ['editor'] }, { kid: undefined })), expected)
    }
  }
)

t.test('a burst of unknown keys asks the issuer once in ten seconds', async (t) => {
  const { people, drafts, pass } = await newsroom(t)
  t.equal(await drafts(await people.sign({ roles: ['editor'] })), '200')
  const burst = async () => {
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, i) => people.sign({ roles: ['admin'] }, { kid: `k${i}` }))
    )
    for (const one of await Promise.all(tokens.map(drafts))) t.equal(one, '401 token-invalid')
  }
  await burst()
  t.equal(people.asked.length, 2)
  pass(10_000)
  await burst()
  t.equal(people.asked.length, 4)
})

t.test('an issuer that cannot be reached lets nobody in it did not before, and nobody out', async (t) => {
  const { people, drafts, get, pass, token } = await newsroom(t)
  const { answer } = people.said
  people.said.answer = (_, response) => response.writeHead(500).end()
  const jwt = await people.sign({ roles: ['admin'] })
  const refused = await get('/v1/tokens', { token: jwt })
  t.match(refused, { status: 503, headers: { 'retry-after': '10' } })
  t.equal(refused.json<Problem>().detail, 'The issuer of this token cannot be reached.')
  for (let i = 0; i < 20; i++) t.equal(await drafts(jwt), '503 unavailable')
  t.equal(people.asked.length, 1, 'nor is it asked again and again')
  t.equal(await drafts((await token('editor')).token), '200', 'tokens of ours need no issuer')
  people.said.answer = answer
  pass(10_000)
  t.equal(await drafts(jwt), '200')
  people.said.answer = (_, response) => response.destroy()
  pass(11 * 60_000)
  t.equal(await drafts(await people.sign({ roles: ['editor'] })), '200', 'the keys it gave hold')
  t.equal(await drafts(jwt), '401 token-invalid', 'an expired one does not')
})

t.test('what is not the issuer, or sends elsewhere, is not believed', async (t) => {
  const json = (value: unknown) => (_: string, response: ServerResponse) =>
    response.end(JSON.stringify(value))
  const wrong: [string, (people: Issuer) => void][] = [
    ['another name', ({ said }) => (said.about = { ...said.about, issuer: 'https://other.example' })],
    ['no keys', ({ said, address }) => (said.about = { issuer: address })],
    ['keys elsewhere', ({ said }) => (said.about = { ...said.about, jwks_uri: 'http://127.0.0.1:9/keys' })],
    ['keys of a file', ({ said }) => (said.about = { ...said.about, jwks_uri: 'file:///etc/passwd' })],
    ['no object', ({ said }) => (said.answer = json(null))],
    ['no JSON', ({ said }) => (said.answer = (_, response) => response.end('<html>'))],
    ['no key set', ({ said }) => (said.keys = { keys: 'all' } as never)],
    ['too much', ({ said }) => (said.keys = { keys: ['x'.repeat(600_000)] } as never)],
    [
      'a redirect',
      ({ said, address }) => {
        const { answer } = said
        said.answer = (url, response) =>
          url === '/keys'
            ? response.writeHead(302, { location: `${address}/elsewhere` }).end()
            : answer(url, response)
      }
    ]
  ]
  for (const [title, mislead] of wrong) {
    const { people, drafts } = await newsroom(t)
    mislead(people)
    t.equal(await drafts(await people.sign({ roles: ['admin'] })), '503 unavailable', title)
    t.notOk(people.asked.includes('/elsewhere'), title)
  }
})

t.test('an issuer whose address has a path, or ends in a slash, is asked there', async (t) => {
  for (const path of ['/realms/news', '/']) {
    const people = await issuer(t)
    const ONRECORD_OIDC_ISSUER = `${people.address}${path}`
    people.said.about = { issuer: ONRECORD_OIDC_ISSUER, jwks_uri: `${people.address}/keys` }
    const { get } = await app(t, { config: { ...people.config, ONRECORD_OIDC_ISSUER } })
    const token = await people.sign({ roles: ['admin'], iss: ONRECORD_OIDC_ISSUER })
    t.equal((await get('/v1/tokens', { token })).status, 200)
    t.equal(people.asked[0], `${path.replace(/\/$/, '')}/.well-known/openid-configuration`)
  }
})

t.test('an issuer that cannot be safe, or is only half configured, stops the start', (t) => {
  const ONRECORD_OIDC_AUDIENCE = 'news'
  const read = (env: NodeJS.ProcessEnv) => () => readConfig({ ONRECORD_OIDC_AUDIENCE, ...env })
  for (const ONRECORD_OIDC_ISSUER of [
    'http://id.example',
    'http://127.0.0.1.example',
    'http://localhost:80@id.example',
    'https://user:pass@id.example',
    'https://id.example?x',
    'https://id.example#x',
    'file:///etc',
    ''
  ])
    t.throws(
      read({ ONRECORD_OIDC_ISSUER }),
      { message: /: ONRECORD_OIDC_ISSUER is not of the right form\./ },
      ONRECORD_OIDC_ISSUER
    )
  const ONRECORD_OIDC_ISSUER = 'https://id.example/realms/news'
  t.throws(read({ ONRECORD_OIDC_ISSUER, ONRECORD_OIDC_AUDIENCE: undefined }), {
    message: 'Bad configuration: ONRECORD_OIDC_ISSUER needs ONRECORD_OIDC_AUDIENCE'
  })
  for (const ONRECORD_OIDC_ROLES of ['editor', 'x=boss', 'x=editor,', '=admin'])
    t.throws(
      read({ ONRECORD_OIDC_ISSUER, ONRECORD_OIDC_ROLES }),
      { message: /: ONRECORD_OIDC_ROLES is not of the right form\./ },
      ONRECORD_OIDC_ROLES
    )
  for (const issuer of [ONRECORD_OIDC_ISSUER, 'http://localhost:8080/', 'http://[::1]:8080'])
    t.doesNotThrow(read({ ONRECORD_OIDC_ISSUER: issuer }), issuer)
  t.end()
})

t.test('a clock that is set back keeps nobody from the issuer', async (t) => {
  const { people, drafts, pass } = await newsroom(t)
  pass(2 * 60 * 60_000)
  t.equal(await drafts(await people.sign({ roles: ['admin'] })), '200')
  pass(-2 * 60 * 60_000)
  const next = await newKey('two')
  people.said.keys = await published(next)
  t.equal(
    await drafts(await people.sign({ roles: ['admin'] }, {}, next)),
    '200',
    'it is asked for the new key'
  )
})
