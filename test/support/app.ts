// What every test drives the program with: the real app, on a database of its own, over HTTP. Every answer is
// checked against the OpenAPI document on the way.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Test } from 'tap'
import { type BuildOptions, build } from '../../src/app.ts'
import { type Config, readConfig } from '../../src/config/config.ts'
import type { DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import { openDatabase } from '../../src/storage/opening/open.ts'
import type { OpenedDatabase, OpenOptions } from '../../src/storage/opening/opened.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { postgresDatabase } from '../postgres/database.ts'
import { given } from '../postgres/server.ts'
import { conform } from './contract.ts'

export const admin = 'onr_test'

/** Background jobs look every tenth of a second, not every half: tests wait for what they do. */
const pace = 5

/** A machine that is busy with other tests sheds nothing. */
export const noLoadLimits = {
  anonymous: { delay: Infinity, heap: Infinity },
  holders: { delay: Infinity, heap: Infinity },
  maxWait: Infinity
}
export const secret = 'what the hashes and seals of the tests are keyed with'

/** A folder that goes when the test ends. */
export function folder(t: Test) {
  const path = mkdtempSync(join(tmpdir(), 'onrecord-test-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

let template: string | undefined
let document: { paths: object; components: object } | undefined

/** Whether the tests run on PostgreSQL: `npm run test:postgres`. */
export const onPostgres = given in process.env

/** Where the files of a database of PostgreSQL stand, by its URL: who opens it again finds them. */
const homes = new Map<string, string>()

/** A database file of the test's own: a copy of one that was migrated before. On PostgreSQL, the URL of a database. */
export async function database(t: Test): Promise<string> {
  if (onPostgres) {
    const url = await postgresDatabase(t)
    homes.set(url, folder(t))
    return url
  }
  if (template === undefined) {
    const home = mkdtempSync(join(tmpdir(), 'onrecord-template-'))
    process.on('exit', () => rmSync(home, { recursive: true, force: true }))
    template = join(home, 'template.db')
    await open(`file:${template}`).close()
  }
  const file = join(folder(t), 'news.db')
  copyFileSync(template, file)
  return file
}

export interface Call extends Omit<InjectOptions, 'method' | 'url'> {
  /** The token to send: the admin's when left out, none for null. */
  token?: string | null
}

/** What came back. */
export interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
  /** The body as JSON: whatever the test says it is. */
  json<T>(): T
}

/** Opens a database of a test once more, as another process does. Its `file` is the path or the URL. */
export async function opened(
  t: Test,
  file: string,
  clock?: () => Date,
  options: OpenOptions = {}
): Promise<OpenedDatabase & { file: string }> {
  if (!file.startsWith('postgres:')) return open(`file:${file}`, clock, options)
  const db = await openDatabase(file, clock, { folder: homes.get(file) ?? folder(t), ...options })
  return { ...db, file }
}

/** Why a test does not run on PostgreSQL. */
export const onlyInFile = (why: string) => ({ skip: onPostgres && why })

export type Client = Awaited<ReturnType<typeof app>>

/** An app on an empty database of its own; both go when the test ends. */
export async function app(
  t: Test,
  {
    level = 'silent',
    config = {},
    file,
    ...surroundings
  }: BuildOptions & { level?: string; config?: Partial<Config>; file?: string } = {}
) {
  // A copy of the template is as whole as the template.
  const isChecked = file === undefined
  const db = await opened(t, file ?? (await database(t)), surroundings.clock, { isChecked })
  const server: FastifyInstance = await build(
    db,
    {
      ...readConfig({}),
      ONRECORD_SECRET: secret,
      ONRECORD_RATE_LIMIT: 'off',
      // Coverage is measured in the main thread only; threads.test.ts is about the others.
      ONRECORD_THREADS: 0,
      ...config,
      ONRECORD_ADMIN_TOKEN: admin,
      LOG_LEVEL: level
    } as Config & { ONRECORD_SECRET: string },
    { loadLimits: noLoadLimits, pace, ...surroundings }
  )
  t.teardown(() => server.close())
  // Every app of a process has the same: to make it takes longer than the app.
  document ??= server.swagger() as { paths: object; components: object }
  const described = document

  async function call(
    method: string,
    url: string,
    { token = admin, headers, ...options }: Call = {}
  ): Promise<Answer> {
    const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
    const response = await server.inject({
      method: method as 'GET',
      url,
      headers: { ...authorization, ...headers },
      ...options
    })
    const answer = {
      status: response.statusCode,
      headers: response.headers,
      body: response.body,
      json: () => response.json()
    }
    conform(t, described, method, url, answer)
    return answer
  }

  const get = (url: string, options?: Call) => call('GET', url, options)
  const post = (url: string, payload?: object | string, options?: Call) =>
    call('POST', url, { payload, ...options })
  /** Whatever version it has: `If-Match: *` unless the test sends another. */
  const change =
    (method: string) =>
    (url: string, payload?: object | string, options: Call = {}) =>
      call(method, url, { payload, ...options, headers: { 'if-match': '*', ...options.headers } })

  const issued = new Map<string, number>()
  return {
    db,
    server,
    /** The OpenAPI document, which is the same for all. */
    document: described,
    call,
    get,
    post,
    put: change('PUT'),
    patch: change('PATCH'),
    remove: (url: string, options?: Call) => change('DELETE')(url, undefined, options),
    /** What the public reads. */
    read: (url: string, options?: Call) => call('GET', url, { token: null, ...options }),
    /** A new draft from a story. */
    draft: async (story: Partial<NewStory> = {}) =>
      (await post('/v1/articles', { ...ferry, ...story })).json<DraftArticle>(),
    /** A token of this role, with a name of its own: "a contributor", then "a contributor 2". */
    token: async (role: string, input: object = {}) => {
      const count = (issued.get(role) ?? 0) + 1
      issued.set(role, count)
      const name = count === 1 ? `a ${role}` : `a ${role} ${count}`
      return (await post('/v1/tokens', { name, role, ...input })).json<{ token: string; id: string }>()
    }
  }
}

/** A story that can be published. */
export const ferry = {
  title: 'Late ferry keeps sailing',
  section: 'harbour',
  tags: ['ferry', 'budget'],
  language: 'en',
  body: {
    text: '"The ferry will keep sailing," Mara Lindqvist said on Monday. "And that is that."\n\nThe board agreed.'
  },
  sources: [{ key: 'lindqvist', kind: 'person', name: 'Mara Lindqvist', role: 'harbour master' }],
  quotes: [
    {
      text: 'The ferry will keep sailing ... And that is that.',
      attributions: [{ hops: [{ sourceId: 'lindqvist', relation: 'said' }] }]
    }
  ]
} satisfies NewStory
