// What lets the author of a comment edit and delete it: a secret told once, of which only the hash is kept.
import { createHash, randomBytes } from 'node:crypto'

/** What of an edit key is kept. It is random enough (256 bits) that nobody finds it from its hash. */
export const hashed = (key: string) => createHash('sha256').update(key).digest('base64url')

/** A new edit key, and what of it is kept. */
export function make() {
  const key = randomBytes(32).toString('base64url')
  return { key, hash: hashed(key) }
}
