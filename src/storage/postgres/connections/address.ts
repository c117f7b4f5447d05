// Where a PostgreSQL database is: `postgres://USER:PASSWORD@HOST,HOST2:PORT/NAME?sslmode=...`, with several hosts where one
// of them is the primary. pg itself takes one host.
import { Refusal } from '../../opening/refusal.ts'

export interface Address {
  /** One connection string for each host, which holds the password. */
  hosts: { host: string; connectionString: string }[]
  /** The name of the database. */
  name: string
  /** What may be printed: without the password and the parameters. */
  where: string
  /** The newest history that a server of it was found to write (connect.ts). */
  timeline: string
}

export const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url)

/** Reads the URL of a database. Throws a Refusal, without the URL, which holds a password. */
export function addressOf(url: string): Address {
  const [, credentials, hosts = '', name = '', parameters = ''] =
    /^postgres(?:ql)?:\/\/(?:([^@/]*)@)?([^/?@]*)(?:\/([^/?]*))?(\?.*)?$/.exec(url) ?? []
  const user = credentials?.replace(/:.*/s, '')
  const before = credentials === undefined ? '' : `${credentials}@`
  const all = hosts.split(',')
  if (name === '' || all.some((host) => !URL.canParse(`postgres://${before}${host || 'local'}/${name}`)))
    throw new Refusal(
      'DATABASE_URL is no address of a PostgreSQL database: postgres://USER:PASSWORD@HOST[:PORT][,HOST2]/NAME, with characters like @ and / of the password percent-encoded'
    )
  return {
    hosts: all.map((host) => ({
      host: host || 'the local socket',
      connectionString: `postgres://${before}${host}/${name}${parameters}`
    })),
    name: decodeURIComponent(name),
    where: `postgres://${user ? `${user}@` : ''}${hosts}/${name}`,
    timeline: ''
  }
}
