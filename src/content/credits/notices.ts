// When it is told that rights end: 30, 7 and 1 days before, each once.

const day = 86_400_000

/** How many days before the end. */
const days = [30, 7, 1]

/** When the next notice is due after this instant; null where none is. */
export function nextNotice(expiresAt: string | null, now: string): string | null {
  if (expiresAt === null) return null
  const end = Date.parse(expiresAt)
  const next = days.map((before) => end - before * day).find((at) => at > Date.parse(now))
  return next === undefined ? null : new Date(next).toISOString()
}

/** How many whole days are left until then. */
export const daysLeft = (expiresAt: string, now: string) =>
  Math.ceil((Date.parse(expiresAt) - Date.parse(now)) / day)
