// The comment policy of an article: its own, or else the site's.
import type { Settings } from './schema.ts'

/** The fields of an article that decide its comment policy. */
export interface PolicyFields {
  commentPolicy: { mode: 'site' | Settings['mode']; closesAt?: string | null }
  firstPublishedAt: string | null
}

export interface Policy {
  mode: Settings['mode']
  /** When comments close; null for never. */
  closesAt: string | null
  open: boolean
}

const day = 86_400_000

export function policyOf(
  { commentPolicy, firstPublishedAt }: PolicyFields,
  settings: Settings,
  now: string
): Policy {
  const mode = commentPolicy.mode === 'site' ? settings.mode : commentPolicy.mode
  const closesAt = commentPolicy.closesAt ?? closingTime(firstPublishedAt, settings.closesAfterDays)
  return { mode, closesAt, open: mode !== 'closed' && (closesAt === null || closesAt > now) }
}

const closingTime = (published: string | null, days: number | null) =>
  published === null || days === null ? null : new Date(Date.parse(published) + days * day).toISOString()
