// What a writer does: each deed is one write, or two that belong together, to records of its own.
import type { Known, State } from './model.ts'
import { story } from './stories.ts'
import type { Deed, Write } from './writer.ts'

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
    const article = answer.json<Article & { unchanged?: boolean }>()
    known.is = stateOf(article)
    // Publishing what is public already writes nothing.
    if (article.unchanged) writer.changedNothing()
    else writer.did('article', known.id, name, after.version)
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
    const decided = name === 'approve' ? 'approved' : 'rejected'
    // What is decided so already stays as it is.
    const known = writer.one('comment', ({ status }) => status !== decided)
    if (!known) return
    const version = Number(known.is.version) + 1
    const after = { version, status: decided }
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
export const deeds: Deed[] = [
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
