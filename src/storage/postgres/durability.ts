// Whether the server keeps what it acknowledges, and whether another one has it by then.
import type pg from 'pg'
import { Refusal } from '../opening/refusal.ts'

/** Throws a Refusal where the server may lose what it acknowledged; with `replicated`, also where no standby has that. */
export async function checkDurability(client: pg.Client, where: string, isReplicated: boolean) {
  const { rows } = await client.query<Record<string, string>>(`select
    current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
    current_setting('full_page_writes') as full_page_writes`)
  for (const [name, value] of Object.entries(rows[0]!))
    if (value === 'off')
      throw new Refusal(`${where} has ${name} = off, and may lose what was acknowledged: switch it on`)
  if (!isReplicated) return
  const reason = await whyAlone(client)
  if (reason !== undefined) throw new Refusal(`${where} ${reason} (ONRECORD_DURABILITY=replicated)`)
}

interface Replication {
  names: string
  commit: string
  user: string
  standbys: number
  /** Those whose state this user may see. */
  seen: number
  synchronous: number
}

const replicationQuery = `select current_setting('synchronous_standby_names') as names,
  current_setting('synchronous_commit') as commit, current_user as user, count(pid)::int as standbys, count(sync_state)::int as seen,
  (count(*) filter (where sync_state in ('sync', 'quorum') and state = 'streaming'))::int as synchronous
  from pg_stat_replication`

/** Why what is acknowledged may be on one server only, and what helps; undefined where a standby has it, too. */
export async function whyAlone(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<Replication>(replicationQuery)
  const { names, commit, user, standbys, seen, synchronous } = rows[0]!
  if (names === '') return 'has no synchronous standby: set synchronous_standby_names'
  if (commit === 'local' || commit === 'remote_write')
    return `has synchronous_commit = ${commit}, which does not wait until a standby has it on its disk: set it to on`
  if (seen < standbys)
    return `does not show ${user} whether its standbys are synchronous: grant pg_read_all_stats to ${user}`
  if (synchronous > 0) return undefined
  return `waits for a synchronous standby (synchronous_standby_names = ${names}) and none is connected: start it`
}
