// Creators, suppliers and licences of credits, in a table that media are found by.
import { eq } from 'drizzle-orm'
import { insertAll } from '../../storage/columns/rows.ts'
import type { Tables, Writer } from '../../storage/database.ts'

type Named = Pick<
  Tables['mediaCredits']['$inferSelect'],
  'id' | 'mediaId' | 'creators' | 'suppliers' | 'licence'
>

const rowsOf = ({ id: creditId, mediaId, creators, suppliers, licence }: Named) => {
  const rows = (role: 'creator' | 'supplier' | 'licence', names: string[]) =>
    [...new Set(names)].map((name) => ({ creditId, role, name, mediaId }))
  return [
    ...rows('creator', creators),
    ...rows('supplier', suppliers),
    ...rows('licence', licence === null ? [] : [licence.name])
  ]
}

/** Stores the names of a new credit. */
export const addCreditNames = (tx: Writer, credit: Named) => insertAll(tx, tx.t.creditNames, rowsOf(credit))

/** Replaces the names of a credit where they changed. */
export async function setCreditNames(tx: Writer, before: Named, after: Named) {
  if (JSON.stringify(rowsOf(before)) === JSON.stringify(rowsOf(after))) return
  const { creditNames } = tx.t
  await tx.q.delete(creditNames).where(eq(creditNames.creditId, after.id))
  await addCreditNames(tx, after)
}
