// Proofs of work (ALTCHA): challenges are signed and stateless; a proof is accepted once.
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { lte, sql } from 'drizzle-orm'
import { type Static, Type } from 'typebox'
import { checkerOf } from '../../config/json-schema.ts'
import { prepared, type Writer } from '../../storage/database.ts'
import { hashing } from '../../storage/secrets.ts'
import type { Challenge } from './schema.ts'

/** How long a challenge is valid, in seconds. */
const lifetime = 20 * 60

const Payload = Type.Object({
  challenge: Type.Object({
    parameters: Type.Object({
      nonce: Type.String(),
      expiresAt: Type.Number(),
      data: Type.Object({ articleId: Type.String() })
    }),
    signature: Type.String()
  }),
  solution: Type.Object({ counter: Type.Number(), derivedKey: Type.String() })
})

const isPayload = checkerOf(Payload)

/** A valid proof that is not spent yet. */
export interface Proof {
  id: string
  expiresAt: string
}

export interface Proofs {
  /** A challenge for commenting on this article. */
  challenge(articleId: string, difficulty: number, now: number): Promise<Challenge>
  /** The proof, if it is valid for this article. */
  verify(proof: string, articleId: string, now: number): Promise<Proof | undefined>
}

export function proofsOfWork(secret: string): Proofs {
  const hash = hashing(secret, 'comment challenge')
  const hmacSignatureSecret = hash('signature')
  return {
    async challenge(articleId, difficulty, now) {
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: difficulty,
        keyPrefix: '00',
        expiresAt: Math.floor(now / 1000) + lifetime,
        data: { articleId },
        deriveKey,
        hmacSignatureSecret
      })
      return challenge as Challenge
    },
    async verify(proof, articleId, now) {
      const payload = decodeProof(proof)
      if (payload === undefined) return undefined
      const { nonce, expiresAt, data } = payload.challenge.parameters
      if (data.articleId !== articleId || expiresAt * 1000 <= now) return undefined
      // The signature covers the parameters that were set above.
      const given = payload as { challenge: Challenge; solution: Static<typeof Payload>['solution'] }
      const { verified } = await verifySolution({ ...given, deriveKey, hmacSignatureSecret })
      return verified ? { id: hash(nonce), expiresAt: new Date(expiresAt * 1000).toISOString() } : undefined
    }
  }
}

function decodeProof(proof: string): Static<typeof Payload> | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(proof, 'base64').toString('utf8'))
    return isPayload(payload) ? payload : undefined
  } catch {
    // Not JSON: an invalid proof.
    return undefined
  }
}

const spendQuery = prepared(({ q, t: { spentProofs: s } }: Writer) =>
  q
    .insert(s)
    .values({ id: sql.placeholder('id'), expiresAt: sql.placeholder('expiresAt') })
    .onConflictDoNothing()
    .returning({ id: s.id })
    .prepare('spend_proof')
)

const forgetQuery = prepared(({ q, t: { spentProofs: s } }: Writer) =>
  q
    .delete(s)
    .where(lte(s.expiresAt, sql.placeholder('now')))
    .prepare('forget_proofs')
)

/** Spends a proof. Answers whether it was not spent before. */
export async function spendProof(tx: Writer, { id, expiresAt }: Proof): Promise<boolean> {
  await forgetQuery(tx).execute({ now: tx.now })
  const spent = await spendQuery(tx).execute({ id, expiresAt })
  return spent.length > 0
}
