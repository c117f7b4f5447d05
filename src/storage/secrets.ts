// What is kept without being known: keyed hashes, and texts that are sealed. Everything is derived from one secret.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes
} from 'node:crypto'

let pool = Buffer.alloc(0)

/** A secret that nobody finds by trying: 256 bits in base64url. Those to come are drawn a hundred at a time. */
export function newSecret(): string {
  if (pool.length === 0) pool = randomBytes(32 * 100)
  const secret = pool.subarray(0, 32)
  pool = pool.subarray(32)
  return secret.toString('base64url')
}

/** What is kept of a secret, and compared: its SHA-256. It is random enough that nobody finds it from that. */
export const hashed = (secret: string) => hash('sha256', secret, 'base64url')

const algorithm = 'aes-256-gcm'

/** A key for one purpose only, so that what is hashed for one cannot be compared with what is hashed for another. */
const keyFor = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `onrecord ${purpose}`, 32))

/** The same for the same text; nobody without the secret can try texts out. 132 bits in base64url: 22 characters. */
export type Hash = (text: string) => string

export function hashing(secret: string, purpose: string): Hash {
  // As a key object: of a Buffer one is made for each hash, which takes nine times as long as the hash.
  const key = createSecretKey(keyFor(secret, purpose))
  return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
}

export interface Seal {
  close(bytes: Buffer): Buffer
  /** What was sealed. Throws when it was sealed with another secret, or changed since. */
  open(sealed: Buffer): Buffer
}

/** Encrypts so that it can be read again by who has the secret (AES-256-GCM: nonce, tag, text). */
export function sealing(secret: string, purpose: string): Seal {
  const key = keyFor(secret, purpose)
  return {
    close(bytes) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv(algorithm, key, nonce)
      const text = Buffer.concat([cipher.update(bytes), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), text])
    },
    open(sealed) {
      const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, 12))
      decipher.setAuthTag(sealed.subarray(12, 28))
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
    }
  }
}
