// Who reported an error: keyed hashes, and name and e-mail address, encrypted.
import { type Seal, sealing } from '../../storage/secrets.ts'
import { hashesOf } from '../comments/author-identity.ts'
import type { ErrorReport, NewErrorReport } from './schema.ts'

/** A reader as stored. */
export interface Identity {
  author: string | null
  email: string | null
  network: string
  sealedContact: string | null
}

type Contact = Pick<ErrorReport['contact'], 'name' | 'email'>

/** A key of its own: what was sealed for one purpose opens for no other. */
const sealOf = (secret: string): Seal => sealing(secret, 'error report contact')

/** What is stored of a reader. The hashes are those of comments, so that a person is banned and erased once. */
export function identities(secret: string) {
  const hashes = hashesOf(secret)
  const seal = sealOf(secret)
  return ({ contact }: NewErrorReport, address: string): Identity => {
    const { name = null, email = null, key = null } = contact ?? {}
    const told: Contact = { name, email }
    return {
      author: key ? hashes.author(key) : null,
      email: email ? hashes.email(email) : null,
      network: hashes.network(address),
      sealedContact: name || email ? seal.close(Buffer.from(JSON.stringify(told))).toString('base64') : null
    }
  }
}

/** Decrypts name and e-mail address. */
export function contactOpener(secret: string) {
  const seal = sealOf(secret)
  return (sealed: string): Contact =>
    JSON.parse(seal.open(Buffer.from(sealed, 'base64')).toString('utf8')) as Contact
}
