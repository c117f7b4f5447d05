// A database of PostgreSQL as one side of a move.
import { writersOf } from '../../commits/writer.ts'
import { Refusal } from '../../opening/refusal.ts'
import { addressOf } from '../../postgres/connections/address.ts'
import { connectToPrimary } from '../../postgres/connections/connect.ts'
import { pipelineOf } from '../../postgres/connections/pipeline.ts'
import { translated } from '../../postgres/errors.ts'
import { fullText } from '../../postgres/fulltext.ts'
import { openPostgres } from '../../postgres/open.ts'
import { schema } from '../../postgres/schema.ts'
import { openSession } from '../../postgres/session.ts'
import { numbered } from './rows.ts'
import { notRebuilt, type Side } from './side.ts'

const foreignKeys = `select conrelid::regclass as "table", quote_ident(conname) as name from pg_constraint
  where contype = 'f' and connamespace = current_schema()::regnamespace`

const lastValue =
  'select coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass), 0)::float8 as seq'

/** Opens a database, and takes the lock of all who write to it. References are checked at the end where rows are moved to it. */
export async function postgresSide(url: string, isSource: boolean, files?: string): Promise<Side> {
  const { migrated, close, where, filesFolder, importsFolder } = await openPostgres(url, undefined, { files })
  await close()
  if (migrated) throw new Refusal(notRebuilt(where))
  const client = await connectToPrimary(addressOf(url))
  const query = (text: string) => client.query(text).catch((error) => Promise.reject(translated(error)))
  const each = (statements: string[]) => query(statements.join(';'))
  const { rows: keys } = await client.query<{ table: string; name: string }>(foreignKeys)
  const defer = (how: string) =>
    each(keys.map(({ table, name }) => `alter table ${table} alter constraint ${name} ${how}`))
  const number = (how: string) =>
    each(
      numbered.map(
        ({ table, column }) => `alter table "${table}" alter column "${column}" set generated ${how}`
      )
    )
  try {
    await query('set idle_in_transaction_session_timeout = 0; begin; select from state for update')
    if (!isSource) {
      await defer('deferrable initially deferred')
      await number('by default')
    }
  } catch (error) {
    await client.end()
    throw new Refusal(`${where} is in use: ${(error as Error).message}`, { cause: error })
  }
  const { ask } = pipelineOf(client, true)
  const q = openSession((statement, values = []) =>
    ask(statement, values).catch((error) => Promise.reject(translated(error)))
  )
  /** Runs a statement about the sequence of a numbered table; $1 and $2 are its name and its column. */
  const ofSequence = async <Row extends object>(
    text: string,
    { table, column }: (typeof numbered)[number],
    ...more: number[]
  ) => {
    const values = [`"${table}"`, column, ...more]
    return await client.query<Row>(text, values).catch((error) => Promise.reject(translated(error)))
  }
  const writerFor = writersOf({ q, t: schema, fullText }, translated)
  return {
    where,
    tx: writerFor('move', new Date().toISOString(), () => {}),
    filesFolder,
    importsFolder,
    async numbers() {
      const { rows } = await client.query<{ seq: number }>('select invalidation::float8 as seq from state')
      // Its numbers are given by the lock (postgres/known-commits.ts).
      const found = new Map<string, number>([['invalidations', rows[0]!.seq]])
      for (const one of numbered) {
        const last = await ofSequence<{ seq: number }>(lastValue, one)
        found.set(one.table, last.rows[0]!.seq)
      }
      return found
    },
    async setNumbers(numbers) {
      for (const one of numbered) {
        const seq = numbers.get(one.table) ?? 0
        if (seq > 0) await ofSequence('select setval(pg_get_serial_sequence($1, $2)::regclass, $3)', one, seq)
      }
      const last = numbers.get('invalidations') ?? 0
      await client.query('update state set epoch = epoch + 1, invalidation = $1', [last])
    },
    async commit() {
      await query('set constraints all immediate')
      await defer('not deferrable')
      await number('always')
      await query('commit')
      // Who reads next must be told how many rows there are.
      await query('analyze')
    },
    close: () => client.end()
  }
}
