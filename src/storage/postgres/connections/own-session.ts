// Whether each connection has a session of the server for itself. A pooler may give every transaction whichever session is free
// (PgBouncer with `pool_mode = transaction`): settings then hold for others and not for us, a lock is freed by somebody else,
// notifications are heard by nobody, and statements that were prepared are not there.
import type pg from 'pg'
import { Refusal } from '../../opening/refusal.ts'

/** How often it is tried: a pooler that others use, too, may hand out the same session by chance. */
const rounds = 3

/** Throws a Refusal where connections share sessions: `client`, and another that is made for it. */
export async function checkOwnSession(
  client: pg.Client,
  connect: () => Promise<pg.Client>,
  where: string
): Promise<void> {
  const other = await connect()
  try {
    if (await isShared(client, other))
      throw new Refusal(
        `${where} shares sessions between connections, as PgBouncer does with pool_mode = transaction: set pool_mode = session, or name the server itself`
      )
  } finally {
    await other.end()
  }
}

/** Whether one of two connections has a session that the other has had, or has another than before. */
async function isShared(one: pg.Client, other: pg.Client): Promise<boolean> {
  const own = await serverProcess(one)
  const theirs = await serverProcess(other)
  if (theirs === own) return true
  for (let round = 0; round < rounds; round++) {
    // A transaction keeps its session: what is free then is another.
    await other.query('begin')
    if ((await serverProcess(other)) !== theirs || (await serverProcess(one)) !== own) return true
    await other.query('rollback')
  }
  return false
}

/** Which process of the server answers. */
async function serverProcess(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ process: number }>('select pg_backend_pid() as process')
  return rows[0]!.process
}
