// Connections to the primary.
import pg from 'pg'
import { Unavailable } from '../database.ts'
import type { Address } from './address.ts'

/** How long a host may take to answer, in ms. */
const connectTimeout = 3000

/**
 * The settings of every connection. A process that hangs with the lock loses it after 4 s, so that those who wait for 5 s
 * get it. Joins are done as they are written: queries name what is rare first.
 */
const settings = Object.entries({
  lock_timeout: "'5s'",
  idle_in_transaction_session_timeout: "'4s'",
  join_collapse_limit: '1',
  jit: 'off',
  standard_conforming_strings: 'on',
  extra_float_digits: '1'
})
  .map(([name, value]) => `set ${name} = ${value}`)
  .join('; ')

/** JSON stays text, which the column kit parses. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.JSON ? (text: string) => text : pg.types.getTypeParser(oid, format)
} as pg.CustomTypesConfig

/**
 * Connects to the first host that answers and is no standby. Statements are sent without waiting for the answers of those
 * before them (pipeline). Throws Unavailable, with what each host said.
 */
export async function connectToPrimary({ hosts, where }: Address): Promise<pg.Client> {
  const reasons: string[] = []
  for (const { host, connectionString } of hosts) {
    const client = new pg.Client({
      connectionString,
      types,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: connectTimeout,
      application_name: 'On Record'
    } as pg.ClientConfig)
    // Without a listener, an error of a connection that does nothing would end the process.
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(settings)
      const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby')
      if (!rows[0]!.standby) return client
      reasons.push(`${host} is a standby`)
    } catch (error) {
      reasons.push(`${host}: ${reasonOf(error)}`)
    }
    client.end().catch(() => {})
  }
  throw new Unavailable(`${where} has no primary that answers: ${reasons.join('; ')}`)
}

/** Node puts what each address of a name said into an error that says nothing itself. */
export function reasonOf(error: unknown): string {
  const { message, errors = [] } = error as AggregateError
  return message || errors.map(({ message }: Error) => message).join(', ')
}
