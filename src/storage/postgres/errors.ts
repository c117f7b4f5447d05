// Errors of PostgreSQL as ours. Its messages may quote what was written (`Key (slug)=(...) already exists`), and what is
// thrown may be logged: so nothing of them is passed on but codes, and messages of the kinds that are about the server.
import pg from 'pg'
import { Full, Unavailable, Violation } from '../database.ts'

/** A statement that PostgreSQL refused, without a value of it. */
export class StatementRefused extends Error {
  /** SQLSTATE. */
  readonly code: string | undefined
  constructor({ code, routine, table, column, constraint }: pg.DatabaseError) {
    const about = { routine, table, column, constraint }
    const known = Object.entries(about).filter(([, value]) => value !== undefined)
    super(`PostgreSQL refused a statement (${code}): ${known.map((pair) => pair.join(' ')).join(', ')}`)
    this.code = code
  }
}

/**
 * Classes of SQLSTATE in which the server or the connection fails, not the statement: connections, a rolled back
 * transaction, resources, operators who intervene, the system itself.
 */
const failing = /^(08|40|53|57|58|XX)/

/** A standby that cannot be written to, a lock that was not got in time, a transaction that did nothing for too long. */
const failingCodes = ['25006', '55P03', '25P03', '25P04']

/** Maps an error of the driver to ours; any other error as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) return fromServer(error)
  return isOfConnection(error) ? new Unavailable(error.message, { cause: error }) : error
}

function fromServer(error: pg.DatabaseError): Error {
  const { message } = error
  const code = String(error.code)
  const cause = new StatementRefused(error)
  if (code === '23505') return new Violation('unique', cause)
  if (code === '23503') return new Violation('reference', cause)
  if (code === '53100') return new Full(message, { cause })
  return failing.test(code) || failingCodes.includes(code) ? new Unavailable(message, { cause }) : cause
}

/** Whether an error says that there is no connection any more: the server has ended it, or it broke. */
export const isOfConnection = (error: unknown): error is Error =>
  error instanceof pg.DatabaseError ? error.severity === 'FATAL' : isBroken(error)

const isBroken = (error: unknown) =>
  error instanceof Error &&
  ((error as NodeJS.ErrnoException).syscall !== undefined ||
    /^(Connection terminated|Client (has encountered|was closed)|timeout expired)/.test(error.message))
