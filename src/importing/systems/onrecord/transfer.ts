import type { Reader } from '../../../storage/database.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'

/** Throws a Refusal where an import has begun and not ended: what is served would be a part of a newsroom. */
export async function checkTransfer({ q, t }: Reader) {
  const [transfer] = await q.select().from(t.transfers)
  if (transfer && !transfer.finishedAt)
    throw new Refusal('The import of an export was interrupted: run it again, it goes on where it was ended')
}
