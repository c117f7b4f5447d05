// The names of tokens: the change log, histories and locks know people by them, so each is somebody's alone.
import { and, gt, isNull, or } from 'drizzle-orm'
import { type Fault, HttpProblem } from '../../http/problems.ts'
import { faultAt } from '../../http/server/several-faults.ts'
import type { Reader, Writer } from '../../storage/database.ts'

/** Names of actors within the program, and the prefix of people of an issuer (`oidc:...`). */
const reserved =
  /^(?:oidc:.*|onrecord_admin_token|akismet|anonymous|command line|readiness|rebuild|sample newsroom|timetable|tokens|trash|webhooks|websub)$/su
/** Bidirectional control characters: with them a name can look like another. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/u

/** What two names have in common that look the same: neither case, width, white space nor what is not seen counts. */
const keyOf = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()

/** What is wrong with a name: that it is reserved, or confusable. */
export function nameFaults(name: string): Fault[] {
  if (bidiControls.test(name))
    return [
      faultAt('/name', 'A name has no characters that reorder others (U+202A to U+202E, U+2066 to U+2069).')
    ]
  return reserved.test(keyOf(name))
    ? [
        faultAt(
          '/name',
          'The log names parts of the program, or people of the issuer, so: give another name.'
        )
      ]
    : []
}

/** Throws 409 for the name of a token that is neither revoked nor expired. */
export async function checkUnused(tx: Writer, name: string) {
  const key = keyOf(name)
  const holder = (await named(tx, tx.now)).find((one) => keyOf(one.name) === key)
  if (holder === undefined) return
  const detail = `The token ${holder.id} has this name, and the change log names callers by it: give another name, rotate that token, or revoke it first.`
  throw new HttpProblem('conflict', detail, [{ pointer: '/name', detail }])
}

/** The tokens that are neither revoked nor expired: a newsroom has some dozens. */
async function named({ q, t: { tokens } }: Reader, now: string) {
  const isActive = and(isNull(tokens.revokedAt), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)))
  return await q.select({ id: tokens.id, name: tokens.name }).from(tokens).where(isActive)
}
