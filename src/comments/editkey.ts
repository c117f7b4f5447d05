// What lets the author of a comment edit and delete it: a secret told once, of which only the hash is kept.
import { hash } from 'node:crypto'
import { newSecret } from '../secrets.ts'

/** What of an edit key is kept. It is random enough (256 bits) that nobody finds it from its hash. */
export const hashed = (key: string) => hash('sha256', key, 'base64url')

/** A new edit key, and what of it is kept. */
export function make() {
  const key = newSecret()
  return { key, hash: hashed(key) }
}
