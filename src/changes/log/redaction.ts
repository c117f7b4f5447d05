// Who may read the notes and reasons of a change: the roles that may read the record itself. For others they are
// redacted; action, time, actor, numbers and instants stay.
import type { Actor } from '../../storage/database.ts'
import type { ChangeKind } from './events.ts'
import type { Change } from './schema.ts'

/** The roles that may read the records of each kind; access/permissions.ts has them, and app.ts hands them in. */
export type RecordReaders = Record<ChangeKind, NonNullable<Actor['role']>[]>

/** A change without free texts in its detail, such as notes and reasons. */
export function withoutTexts({ detail, ...change }: Change): Change {
  if (!detail) return { ...change, detail }
  const facts = Object.entries(detail).filter(([, value]) => isFact(value))
  return { ...change, detail: Object.fromEntries(facts) }
}

const isFact = (value: unknown) => typeof value === 'number' || instant.test(String(value))
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A change as a role may read it. */
export const redactedFor = (role: Actor['role'], change: Change, readers: RecordReaders): Change =>
  readers[change.kind].some((one) => one === role) ? change : withoutTexts(change)
