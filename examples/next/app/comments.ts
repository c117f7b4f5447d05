// Comments, posted by the reader's browser itself: limits and bans go by the network that a comment comes from.
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'
import { dataOf, type Schema } from 'onrecord-client'
import { api } from './newsroom.ts'

type Form = Schema<'CommentForm'>

/** Whether comments are taken, and what one must carry. Asked for with the page: a form that is sent at once is held. */
export const commentForm = (id: string): Promise<Form> =>
  dataOf(api.GET('/v1/articles/{id}/comment-form', { params: { path: { id } } }))

/** Posts a comment; says what became of it. */
export async function postComment(asked: Form, words: FormData): Promise<string> {
  const { articleId: id, form, challengeRequired, challenge } = asked
  const [name, body, website] = ['name', 'body', 'website'].map((field) => String(words.get(field)))
  const solution = challengeRequired && challenge && (await solveChallenge({ challenge, deriveKey }))
  const proof = solution ? btoa(JSON.stringify({ challenge, solution })) : undefined
  // Whoever sends this secret again is the same author.
  const key = localStorage.getItem('author-key') ?? undefined
  const posted = await dataOf(
    api.POST('/v1/articles/{id}/comments', {
      params: { path: { id } },
      body: { author: { name, key }, body, website, form, proof }
    })
  )
  if (posted.authorKey) localStorage.setItem('author-key', posted.authorKey)
  return posted.status === 'approved' ? 'It is published.' : 'Thank you. It waits for a moderator.'
}
