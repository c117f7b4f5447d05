import type { Writer } from '../storage/database.ts'

export interface Change {
  action: 'create' | 'update' | 'delete' | 'publish' | 'withdraw' | 'approve' | 'reject' | 'revoke'
  kind: string
  id: string
  articleId?: string | null
  version?: number | null
}

/** Adds what this transaction does to the change log. */
export async function append({ q, t, actor, now }: Writer, change: Change) {
  await q.insert(t.changes).values({ at: now, actor, ...change })
}
