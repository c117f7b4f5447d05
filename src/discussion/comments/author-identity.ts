// Who writes comments, as far as it is kept: keyed hashes, and the e-mail address where the site asks for it.
import { eq } from 'drizzle-orm'
import { networkOf } from '../../http/callers/networks.ts'
import { normalEmail } from '../../http/input/email.ts'
import type { Reader } from '../../storage/database.ts'
import { type Hash, hashing, newSecret, sealing } from '../../storage/secrets.ts'
import type { DraftComment, NewComment } from './schema.ts'

/** Who writes, as far as it is kept. */
export interface AuthorIdentity {
  author: string
  email: string | null
  network: string
  /** The e-mail address, encrypted. */
  sealedEmail: string | null
}

const sealOf = (secret: string) => sealing(secret, 'comment e-mail')

/**
 * A secret for an author who has none yet. It begins with when it was made, and so does its hash: who is new at the same
 * time stands together in the index, where hashes alone are each on a page of their own, to be written with each comment.
 */
export const newAuthorKey = (at: Date) => `${at.getTime().toString(36).padStart(9, '0')}.${newSecret()}`

const made = /^([\da-z]{9})\.[\w-]{43}$/

/** The keyed hashes of people: of an author's key, of an e-mail address, of the network that an address is in. */
export function hashesOf(secret: string) {
  const [author, email, network] = ['author', 'e-mail', 'network'].map((of) =>
    hashing(secret, `comment ${of}`)
  ) as [Hash, Hash, Hash]
  return {
    author(key: string) {
      const [, since = ''] = made.exec(key) ?? []
      return since + author(key).slice(since.length)
    },
    email: (address: string) => email(normalEmail(address)),
    network: ofLast((address) => network(networkOf(address)))
  }
}

/** The same, but what it answers for the same as before is remembered: floods come from one place. */
function ofLast(answer: Hash): Hash {
  let asked: string | undefined
  let answered = ''
  return (text) => {
    if (text !== asked) answered = answer(text)
    asked = text
    return answered
  }
}

/** What of who writes is kept. */
export function identityHashes(secret: string) {
  const hashes = hashesOf(secret)
  const seal = sealOf(secret)
  return (
    key: string,
    { email }: Pick<NewComment['author'], 'email'>,
    { address, storeEmail }: { address: string; storeEmail: boolean }
  ): AuthorIdentity => ({
    author: hashes.author(key),
    email: email ? hashes.email(email) : null,
    network: hashes.network(address),
    sealedEmail: email && storeEmail ? seal.close(Buffer.from(email)).toString('base64') : null
  })
}

/** Adds the e-mail address of its author to a comment, where it is kept. */
export function emailRevealer(secret: string) {
  const seal = sealOf(secret)
  return async ({ q, t: { comments } }: Reader, comment: DraftComment | undefined) => {
    if (comment === undefined) return undefined
    const [row] = await q
      .select({ sealed: comments.sealedEmail })
      .from(comments)
      .where(eq(comments.id, comment.id))
    if (!row?.sealed) return comment
    const email = seal.open(Buffer.from(row.sealed, 'base64')).toString('utf8')
    return { ...comment, author: { ...comment.author, email } }
  }
}
