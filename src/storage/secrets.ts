// Keyed hashes (HMAC) and authenticated encryption, with keys that are derived from one secret (HKDF).
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

/** A random secret of 256 bits in base64url. Random bytes are drawn for a hundred at a time. */
export function newSecret(): string {
  if (pool.length === 0) pool = randomBytes(32 * 100)
  const secret = pool.subarray(0, 32)
  pool = pool.subarray(32)
  return secret.toString('base64url')
}

/** The SHA-256 of a secret, stored in its place. A secret of 256 random bits needs no slow password hash. */
export const hashed = (secret: string) => hash('sha256', secret, 'base64url')

const algorithm = 'aes-256-gcm'

/** A key for one purpose, so that hashes made for different purposes cannot be compared. */
const keyFor = (secret: string, purpose: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `onrecord ${purpose}`, 32))

/** A keyed hash: without the secret, texts cannot be tried out. 132 bits in base64url: 22 characters. */
export type Hash = (text: string) => string

export function hashing(secret: string, purpose: string): Hash {
  // Importing a Buffer as a key takes nine times as long as the hash: it is done once.
  const key = createSecretKey(keyFor(secret, purpose))
  return (text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22)
}

export interface Seal {
  close(bytes: Buffer): Buffer
  /** The plain text. Throws when another secret encrypted it, or when it was changed since. */
  open(sealed: Buffer): Buffer
}

/** Authenticated encryption (AES-256-GCM); the output is nonce, tag, cipher text. */
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
