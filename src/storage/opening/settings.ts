// Settings that only a database in a file beside the service can have.
import { isPostgres } from '../postgres/connections/address.ts'
import { Refusal } from './refusal.ts'

interface Settings {
  DATABASE_URL: string
  ONRECORD_SECRET?: string | undefined
  ONRECORD_BACKUP_EVERY: number
  ONRECORD_DURABILITY: string
}

/** Throws a Refusal where the settings ask for what PostgreSQL does not give by itself. */
export function checkServed(settings: Settings) {
  const { DATABASE_URL, ONRECORD_SECRET, ONRECORD_BACKUP_EVERY, ONRECORD_DURABILITY } = settings
  if (!isPostgres(DATABASE_URL)) {
    if (ONRECORD_DURABILITY === 'server') return
    throw new Refusal(
      'ONRECORD_DURABILITY=replicated needs PostgreSQL with a synchronous standby, and DATABASE_URL names a file'
    )
  }
  if (ONRECORD_SECRET === undefined)
    throw new Refusal('On PostgreSQL the secret must be given: set ONRECORD_SECRET, and keep it')
  if (ONRECORD_BACKUP_EVERY > 0)
    throw new Refusal('On PostgreSQL backups are the operator’s: ONRECORD_BACKUP_EVERY must be 0')
}
