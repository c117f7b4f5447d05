// Whether what this process acknowledged is still there after another server has taken over, or an older state was restored. A
// standby that lagged behind has lost the last commits, and says nothing of it.
import type pg from 'pg'
import { Loss } from '../database.ts'
import { withCount } from '../text/with-count.ts'

/** The last entry of the change log, as one text: entries are never changed, and never removed. */
export const lastChangeQuery = `select seq::text as seq, concat_ws(' ', at, action, kind, id) as change
  from changes order by seq desc limit 1`

const changeQuery = `select concat_ws(' ', at, action, kind, id) as change from changes where seq = $1`

export interface LastChange {
  seq: string
  change: string
}

/** Remembers the last acknowledged change, and what is missing of it. `tell` says so to the operator. */
export function acknowledgedChanges(tell: (line: string) => void) {
  let last: LastChange | undefined
  let loss: string | undefined

  return {
    /** Remembers a change whose transaction was committed. */
    remember(change: LastChange | undefined) {
      last = change ?? last
    },
    /**
     * Looks for the last acknowledged change on a server that took over, or after a restore. `behind` tells by how many transactions
     * it is behind of what this process has seen.
     */
    async check(client: pg.Client, behind: number) {
      if (loss !== undefined) return
      const found = last && (await client.query<LastChange>(changeQuery, [last.seq])).rows[0]?.change
      if (behind <= 0 && found === last?.change) return
      const what =
        last && found !== last.change
          ? `change ${last.seq} (${last.change})`
          : withCount(behind, 'transaction')
      loss = `the database lacks what was acknowledged: ${what}`
      tell(
        `LOST: ${loss}. This process writes nothing any more. Find out what is missing (the former primary may have it), then restart it.`
      )
    },
    /** Why nothing is written; undefined where nothing is missing. */
    loss: () => loss,
    /** Throws Loss where something is missing. */
    refuseAfterLoss() {
      if (loss !== undefined) throw new Loss(loss)
    }
  }
}
