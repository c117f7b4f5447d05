// Connections to the primary.
import type { Socket } from 'node:net'
import pg from 'pg'
import { Unavailable } from '../../database.ts'
import type { Address } from './address.ts'

/** How long a host may take to answer, in ms. */
const connectTimeout = 3000

/**
 * The settings of every connection. A process that hangs with the lock loses it after 3 s, so that those who wait for 5 s
 * get it. One whose machine is gone is found so by the server within half a minute. Joins are done as they are written: queries name what is rare first.
 */
const settings = Object.entries({
  lock_timeout: "'5s'",
  idle_in_transaction_session_timeout: "'3s'",
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  join_collapse_limit: '1',
  jit: 'off',
  standard_conforming_strings: 'on',
  extra_float_digits: '1'
})
  .map(([name, value]) => `set ${name} = ${value}`)
  .join('; ')

/** Which history the server of a connection writes: a number that rises when a standby is promoted. */
const timelines = new WeakMap<pg.Client, string>()

export const timelineOf = (client: pg.Client) => timelines.get(client)!

/** Whether a server is a standby, and its timeline otherwise: the first digits of a name of its log. */
const role = `select pg_is_in_recovery() as standby,
  case when not pg_is_in_recovery() then left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline`

/**
 * Connects to the host that answers first and is no standby; all are asked at once, because one that is gone may let one wait.
 * The first time all are heard, of whom two may be primaries: the one that wrote the newer history is taken. Throws Unavailable,
 * with what each host said.
 */
export async function connectToPrimary(address: Address): Promise<pg.Client> {
  const connecting = address.hosts.map((host) => connectTo(host, address))
  if (address.timeline === '') await Promise.allSettled(connecting)
  const attempts = connecting.map((one, i) => one.then((client) => withoutFormerPrimary(client, address, i)))
  try {
    const first = await Promise.any(attempts)
    // Of several, which there should not be, the first is taken.
    for (const attempt of attempts) attempt.then((one) => void (one !== first && one.end())).catch(() => {})
    return first
  } catch (error) {
    const reasons = (error as AggregateError).errors.map(reasonOf).join('; ')
    throw new Unavailable(`${address.where} has no primary that answers: ${reasons}`)
  }
}

/** The connection, where no newer history is known than that of its server. Throws an Error otherwise. */
function withoutFormerPrimary(client: pg.Client, { hosts, timeline }: Address, host: number): pg.Client {
  const own = timelineOf(client)
  if (own === timeline) return client
  client.end().catch(() => {})
  throw new Error(
    `${hosts[host]!.host}: is a former primary (timeline ${own}; ${timeline} has been seen since this process started)`
  )
}

/**
 * Connects to one host. Statements are sent without waiting for the answers of those before them (pipeline). Throws an Error
 * where it is a standby, or does not answer in time.
 */
async function connectTo({ host, connectionString }: Address['hosts'][number], address: Address) {
  const client = new pg.Client({
    connectionString,
    pipeline: true,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: connectTimeout,
    application_name: 'On Record'
  } as pg.ClientConfig)
  // Without a listener, an error of a connection that does nothing would end the process.
  client.on('error', () => {})
  let isLate = false
  // A pooler greets before it has a server, and may wait for one for minutes.
  const late = setTimeout(() => {
    isLate = true
    cut(client)
  }, 2 * connectTimeout)
  const fail = (error: unknown): never => {
    client.end().catch(() => {})
    throw new Error(`${host}: ${isLate ? 'takes connections, but answers nothing' : reasonOf(error)}`)
  }
  return greeted(client, address)
    .catch(fail)
    .finally(() => clearTimeout(late))
}

/** The client, once it has its settings and its server says that it is no standby. */
async function greeted(client: pg.Client, address: Address): Promise<pg.Client> {
  await client.connect()
  await client.query(settings)
  const { rows } = await client.query<{ standby: boolean; timeline: string }>(role)
  const { standby, timeline } = rows[0]!
  if (standby) throw new Error('is a standby')
  if (timeline > address.timeline) address.timeline = timeline
  timelines.set(client, timeline)
  return client
}

/** Ends a connection at once: what waits for an answer on it fails. */
export function cut(client: pg.Client) {
  ;(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy()
}

/** Node puts what each address of a name said into an error that says nothing itself. */
export function reasonOf(error: unknown): string {
  const { message, errors = [] } = error as AggregateError
  return message || errors.map(({ message }: Error) => message).join(', ')
}
