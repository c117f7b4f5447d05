// One of the writers of the storm: it writes to records of its own, one write at a time, and tells the model what
// was acknowledged. What was not answered may have been done or not.
import { below, pick, type Random } from '../bench/random.ts'
import type { Known, Model, State } from './model.ts'
import { type Answer, type Ask, type Client, client } from './program.ts'
import { story } from './stories.ts'

type Deed = (writer: Writer) => Promise<void>

interface Article {
  id: string
  version: number
  status: string
  edition: number
  title: string
}
interface Versioned {
  id: string
  version: number
  status: string
}

const stateOf = ({ version, status, edition, title }: Article): State => ({ version, status, edition, title })

/** What a write is known to do where it is done. */
interface Write extends Ask {
  method?: string
  path: string
  /** The record it changes, and as what it leaves it. */
  known?: Known
  after?: State | null
}

export class Writer {
  readonly #model: Model
  readonly #random: Random
  readonly #name: string
  readonly #client: Client = client()
  #address = ''
  #count = 0

  constructor(model: Model, random: Random, name: string) {
    this.#model = model
    this.#random = random
    this.#name = name
  }

  /** Writes until it is enough, or nobody listens any more. */
  async run(address: string, enough = () => false) {
    this.#address = address
    this.#down = false
    while (!this.#down && !enough()) await pick(this.#random, deeds)(this)
  }
  #down = false

  /** Ends what is left: the process on the other side may hang. */
  close() {
    this.#down = true
    this.#client.close()
  }

  /** Writes; answers undefined where that was not acknowledged. */
  async write({ method = 'POST', path, known, after, ...how }: Write): Promise<Answer | undefined> {
    if (known) known.maybe = after
    const answer = await this.#client.ask(this.#address, method, path, how)
    const { status } = answer
    const name = `${method} ${path.replace(/\w+_\w+/, '{id}')} ${status}`
    this.#model.count(name)
    // A disk that failed may have kept what it was given.
    if (status === 'unknown' || status === 503) return undefined
    if (known) delete known.maybe
    if (status === 'unsent') this.#down = true
    else if (status < 300) return answer
    else if (status !== 507) this.#model.findings.push(`${name}: ${answer.text}`)
    return undefined
  }

  /** A name that nothing else has. */
  fresh() {
    return `${this.#name}-${++this.#count}-${Date.now().toString(36)}`
  }

  /** One of its own records, as it is known to be. */
  one(kind: Known['kind'], so: (is: State) => boolean = () => true): (Known & { is: State }) | undefined {
    const some = this.#own.filter(
      (known): known is Known & { is: State } =>
        known.kind === kind && known.maybe === undefined && known.is !== null && so(known.is)
    )
    return some.length === 0 ? undefined : some[below(this.#random, some.length)]
  }
  #own: Known[] = []

  /** Something it made. */
  made(kind: Known['kind'], id: string, is: State, version: number | null = 1) {
    this.#own.push(this.#model.add({ kind, id, is }))
    // It goes on with the newest; the others must only stay as they are.
    if (this.#own.length > 60) this.#own.shift()
    this.did(kind, id, 'create', version)
  }

  did(kind: string, id: string, action: string, version: number | null = null) {
    this.#model.did(kind, id, action, version)
  }
}

const isPublished = ({ status }: State) => status === 'published'

const create: Deed = async (writer) => {
  const answer = await writer.write({ path: '/v1/articles', body: story(writer.fresh()) })
  if (!answer) return
  const article = answer.json<Article & { quotes: { id: string }[] }>()
  writer.made('article', article.id, stateOf(article))
  for (const { id } of article.quotes) writer.did('quote', id, 'create', 1)
}

/** Changes what it read before, and nothing that anybody changed since. */
const patch: Deed = async (writer) => {
  const known = writer.one('article')
  if (!known) return
  const title = `The story ${writer.fresh()}`
  const version = Number(known.is.version)
  const answer = await writer.write({
    method: 'PATCH',
    path: `/v1/articles/${known.id}`,
    body: { title, dek: title },
    // The version is what counts; the digest only tells bytes apart.
    match: `"${version}-${'x'.repeat(22)}"`,
    known,
    after: { ...known.is, version: version + 1, title }
  })
  if (!answer) return
  known.is = stateOf(answer.json<Article>())
  writer.did('article', known.id, 'update', version + 1)
}

const step =
  (name: 'publish' | 'withdraw', so: (is: State) => boolean): Deed =>
  async (writer) => {
    const known = writer.one('article', so)
    if (!known) return
    const { version, edition } = known.is
    const after = {
      ...known.is,
      version: Number(version) + 1,
      status: name === 'publish' ? 'published' : 'withdrawn',
      edition: Number(edition) + (name === 'publish' ? 1 : 0)
    }
    const answer = await writer.write({ path: `/v1/articles/${known.id}/${name}`, known, after })
    if (!answer) return
    known.is = stateOf(answer.json<Article>())
    writer.did('article', known.id, name, after.version)
  }

const remove: Deed = async (writer) => {
  const known: Known | undefined = writer.one('article', ({ edition }) => edition === 0)
  if (!known) return
  const write: Write = { method: 'DELETE', path: `/v1/articles/${known.id}`, match: '*', known, after: null }
  if (!(await writer.write(write))) return
  known.is = null
  writer.did('article', known.id, 'delete')
}

/** A correction is made, which moves its article on, and published, which makes an edition. */
const correct: Deed = async (writer) => {
  const known = writer.one('article', isPublished)
  if (!known) return
  const moved = { ...known.is, version: Number(known.is.version) + 1 }
  const made = await writer.write({
    path: `/v1/articles/${known.id}/corrections`,
    body: { kind: 'correction', text: 'It was two.', was: 'one', now: 'two' },
    known,
    after: moved
  })
  if (!made) return
  known.is = moved
  const { id, version } = made.json<Versioned>()
  writer.made('correction', id, { version })
  const after = { ...moved, edition: Number(known.is.edition) + 1 }
  const published = await writer.write({ path: `/v1/corrections/${id}/publish`, known, after })
  if (!published) return
  known.is = after
  writer.did('article', known.id, 'publish', after.version)
}

const comment: Deed = async (writer) => {
  const known = writer.one('article', isPublished)
  if (!known) return
  const body = { author: { name: 'Ines' }, body: `I take that ferry: ${writer.fresh()}.` }
  const answer = await writer.write({ path: `/v1/articles/${known.id}/comments`, body, anonymous: true })
  if (!answer) return
  const { id, status } = answer.json<Versioned>()
  writer.made('comment', id, { version: 1, status })
}

const decide =
  (name: 'approve' | 'reject'): Deed =>
  async (writer) => {
    const known = writer.one('comment')
    if (!known) return
    const version = Number(known.is.version) + 1
    const after = { version, status: name === 'approve' ? 'approved' : 'rejected' }
    const body = name === 'reject' ? { reasons: ['off topic'] } : undefined
    const answer = await writer.write({ path: `/v1/comments/${known.id}/${name}`, body, known, after })
    if (!answer) return
    const { status } = answer.json<Versioned>()
    known.is = { version, status }
    writer.did('comment', known.id, name, version)
  }

const issue: Deed = async (writer) => {
  const answer = await writer.write({ path: '/v1/tokens', body: { name: writer.fresh(), role: 'editor' } })
  if (answer) writer.made('token', answer.json<Versioned>().id, { revoked: 0 }, null)
}

const revoke: Deed = async (writer) => {
  const known = writer.one('token', ({ revoked }) => revoked === 0)
  if (!known) return
  const after = { revoked: 1 }
  if (!(await writer.write({ method: 'DELETE', path: `/v1/tokens/${known.id}`, known, after }))) return
  known.is = after
  writer.did('token', known.id, 'revoke')
}

/** A source and two stories that are published: all of it, or nothing. */
const batch: Deed = async (writer) => {
  const [name, other] = [writer.fresh(), writer.fresh()]
  const stories = [name, other].map((slug) => story(slug, { batch: name, of: 2 }))
  const answer = await writer.write({
    path: '/v1/batch',
    body: {
      operations: [
        { method: 'POST', path: '/v1/sources', body: { kind: 'organization', name } },
        { method: 'POST', path: '/v1/articles', body: stories[0], key: 'first' },
        { method: 'POST', path: '/v1/articles', body: stories[1], key: 'second' },
        { method: 'POST', path: '/v1/articles/$first/publish' },
        { method: 'POST', path: '/v1/articles/$second/publish' }
      ]
    }
  })
  if (!answer) return
  const [source, , , ...published] = answer
    .json<{ results: { body: Article & { name: string } }[] }>()
    .results.map(({ body }) => body)
  writer.made('source', source!.id, { version: 1, name })
  for (const article of published) {
    writer.made('article', article.id, stateOf(article))
    writer.did('article', article.id, 'publish', 2)
  }
}

/** Each as often as it is named. */
const deeds: Deed[] = [
  ...Array<Deed>(5).fill(create),
  ...Array<Deed>(5).fill(patch),
  ...Array<Deed>(4).fill(step('publish', () => true)),
  ...Array<Deed>(4).fill(comment),
  ...Array<Deed>(3).fill(decide('approve')),
  decide('reject'),
  step('withdraw', isPublished),
  correct,
  remove,
  issue,
  revoke,
  batch
]
