// The identity of commenters: keyed hashes, and the encrypted e-mail address where the settings ask to keep it.
import { eq } from 'drizzle-orm'
import { networkOf } from '../../http/callers/networks.ts'
import { normalEmail } from '../../http/input/email.ts'
import type { Reader } from '../../storage/database.ts'
import { type Hash, hashing, newSecret, sealing } from '../../storage/secrets.ts'
import type { DraftComment, NewComment } from './schema.ts'

/** An author as stored. */
export interface AuthorIdentity {
  author: string
  email: string | null
  network: string
  /** The e-mail address, encrypted. */
  sealedEmail: string | null
}

const sealOf = (secret: string) => sealing(secret, 'comment e-mail')

/**
 * A new secret of an author. Secret and hash begin with the time of creation, so that new authors are adjacent in the
 * index; random hashes would each touch another page.
 */
export const newAuthorKey = (at: Date) => `${at.getTime().toString(36).padStart(9, '0')}.${newSecret()}`

const keyPattern = /^([\da-z]{9})\.[\w-]{43}$/

/** Keyed hashes of author keys, e-mail addresses and networks. */
export function hashesOf(secret: string) {
  const [author, email, network] = ['author', 'e-mail', 'network'].map((of) =>
    hashing(secret, `comment ${of}`)
  ) as [Hash, Hash, Hash]
  return {
    author(key: string) {
      const [, since = ''] = keyPattern.exec(key) ?? []
      return since + author(key).slice(since.length)
    },
    email: (address: string) => email(normalEmail(address)),
    network: memoizeLast((address) => network(networkOf(address)))
  }
}

/** Memoises the last hash, because floods come from one place. */
function memoizeLast(answer: Hash): Hash {
  let asked: string | undefined
  let answered = ''
  return (text) => {
    if (text !== asked) answered = answer(text)
    asked = text
    return answered
  }
}

/** What is stored of an author. */
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

/** Adds the decrypted e-mail address of its author to a comment, if it is stored. */
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
