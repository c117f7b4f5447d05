// No answer outlives a right: when the first right to show a published picture ends, and what holds from then on.
import type { Database } from '../../storage/database.ts'

interface Lifetimes {
  ONRECORD_MAX_AGE: number
  ONRECORD_STALE_WHILE_REVALIDATE: number
  ONRECORD_STALE_IF_ERROR: number
}

/** How long a failed attempt to carry it out is not repeated, in ms. */
const pause = 500

/** Cache-Control with these lifetimes (RFC 9111, RFC 5861), none longer than `left` in all. */
function policy(config: Lifetimes, left = Infinity): string {
  const fresh = Math.min(config.ONRECORD_MAX_AGE, left)
  const stale = left - fresh
  return [
    'public',
    `max-age=${fresh}`,
    `stale-while-revalidate=${Math.min(config.ONRECORD_STALE_WHILE_REVALIDATE, stale)}`,
    `stale-if-error=${Math.min(config.ONRECORD_STALE_IF_ERROR, stale)}`
  ].join(', ')
}

/** Follows when the next right ends; `refresh` is to be called after each commit. */
export function rightEnds(db: Pick<Database, 'firstFacet'>, config: Lifetimes, clock: () => Date) {
  const { ONRECORD_MAX_AGE: fresh, ONRECORD_STALE_WHILE_REVALIDATE, ONRECORD_STALE_IF_ERROR } = config
  /** How long others may keep an answer of now, in ms. */
  const horizon = (fresh + Math.max(ONRECORD_STALE_WHILE_REVALIDATE, ONRECORD_STALE_IF_ERROR)) * 1000
  const whole = policy(config)
  const nextEnd = () => Date.parse(db.firstFacet('article', 'ends') ?? '')
  /** In ms since 1970; NaN where none ends, which is neither before nor after anything. */
  let end = nextEnd()
  let retryAt = 0
  let running: Promise<void> | undefined

  return {
    /** Cache-Control of answers where no right ends soon. */
    whole,
    refresh() {
      end = nextEnd()
    },
    /** Whether a right has ended, and what shows the picture is still published. */
    isDue() {
      return clock().getTime() >= end
    },
    /** Cache-Control of an answer that is sent now, where it is shorter than usual. */
    bounded(): string | undefined {
      const left = end - clock().getTime()
      return left < horizon ? policy(config, Math.max(0, Math.floor(left / 1000))) : undefined
    },
    /** Has it carried out once for all who wait. A disk that is full must not take the whole newsroom offline. */
    async carryOut(work: () => Promise<unknown>) {
      const now = clock().getTime()
      if (now < retryAt) return
      running ??= work().then(
        () => undefined,
        () => {
          retryAt = now + pause
        }
      )
      await running
      running = undefined
    }
  }
}
