// The approval of a credit by the person whom it, or its licence, names.
import { and, eq } from 'drizzle-orm'
import * as changes from '../../changes/log/store.ts'
import { checkVersion, type Expected } from '../../http/etag.ts'
import { HttpProblem } from '../../http/problems.ts'
import type { Writer } from '../../storage/database.ts'
import type { DraftMediaCredit } from './schema.ts'
import { byId } from './store.ts'
import { termsOf } from './terms.ts'

/** Approves a credit in the name of the caller. Throws 404, 412, 403 for others, and 409 where nobody has to. */
export async function approve(tx: Writer, id: string, versions: Expected): Promise<DraftMediaCredit> {
  const before = checkVersion(await byId(tx, id), versions, 'media credit')
  const { approvalBy } = (await termsOf(tx, [before])).get(id)!
  if (approvalBy === null)
    throw new HttpProblem('conflict', 'Nobody has to approve it: neither the credit nor its licence says so.')
  if (tx.actor.name !== approvalBy)
    throw new HttpProblem(
      'forbidden',
      `Only ${approvalBy} may approve it; this token is of ${tx.actor.name}.`
    )
  const { mediaCredits: c } = tx.t
  const version = before.version + 1
  await tx.q
    .update(c)
    .set({ approval: { by: approvalBy, at: tx.now }, version, updatedAt: tx.now })
    .where(and(eq(c.id, id), eq(c.version, before.version)))
  await changes.append(tx, { action: 'approve', kind: 'credit', id, version })
  return (await byId(tx, id))!
}
