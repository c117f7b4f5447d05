// Who may read the notes and reasons of a change: the roles that may read the record itself. For others they are
// redacted; action, time, actor, numbers and instants stay.
import type { Actor } from '../../storage/database.ts'
import type { ChangeKind } from './events.ts'
import type { Change } from './schema.ts'

type Role = NonNullable<Actor['role']>

const writers: Role[] = ['viewer', 'contributor', 'editor', 'admin']
const moderators: Role[] = ['moderator', 'admin']
const admins: Role[] = ['admin']

const readers: Record<ChangeKind, Role[]> = {
  article: writers,
  quote: writers,
  attribution: writers,
  source: writers,
  media: writers,
  credit: writers,
  correction: writers,
  comment: moderators,
  ban: moderators,
  settings: moderators,
  term: moderators,
  token: admins,
  webhook: admins,
  backup: admins,
  import: writers
}

/** A change without free texts in its detail, such as notes and reasons. */
export function withoutTexts({ detail, ...change }: Change): Change {
  if (!detail) return { ...change, detail }
  const facts = Object.entries(detail).filter(([, value]) => isFact(value))
  return { ...change, detail: Object.fromEntries(facts) }
}

const isFact = (value: unknown) => typeof value === 'number' || instant.test(String(value))
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A change as a role may read it. */
export const redactedFor = (role: Actor['role'], change: Change): Change =>
  readers[change.kind].some((one) => one === role) ? change : withoutTexts(change)
