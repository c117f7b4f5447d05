// Authentication by token: the admin token of the configuration, one of ours, or a JWT of the configured issuer.
import { timingSafeEqual } from 'node:crypto'
import type { Holder } from '../../http/callers/caller.ts'
import type { Database } from '../../storage/database.ts'
import { hashed } from '../../storage/secrets.ts'
import type { Log } from './oidc.ts'
import * as tokens from './store.ts'
import { usageRecorder } from './uses.ts'

export interface HolderSettings {
  ONRECORD_ADMIN_TOKEN?: string | undefined
  ONRECORD_OIDC_ISSUER?: string | undefined
  ONRECORD_OIDC_AUDIENCE?: string | undefined
  ONRECORD_OIDC_ROLES_CLAIM: string
  ONRECORD_OIDC_ROLES?: string | undefined
  ONRECORD_OIDC_NAME_CLAIM: string
}

interface HolderContext {
  clock: () => Date
  /** How long uses of tokens are collected before they are written, in ms. */
  delay: number
  log: Log & { error(error: unknown): void }
}

/** The lookup of holders by token; `stop` flushes the recorded uses. */
export async function tokenHolders(
  db: Database,
  settings: HolderSettings,
  { clock, delay, log }: HolderContext
) {
  const { note, stop } = usageRecorder(db, { delay, failed: (error) => log.error(error) })
  const fixed = settings.ONRECORD_ADMIN_TOKEN && Buffer.from(hashed(settings.ONRECORD_ADMIN_TOKEN))
  const ofIssuer = settings.ONRECORD_OIDC_ISSUER
    ? (await import('./oidc.ts')).oidcHolders(oidcOf(settings), clock, log)
    : async () => undefined

  /** The holder of a token; undefined when it is unknown, expired or revoked. */
  async function recognise(token: string): Promise<Holder | undefined> {
    if (token.includes('.')) return ofIssuer(token)
    if (fixed && timingSafeEqual(Buffer.from(hashed(token)), fixed))
      return { id: 'ONRECORD_ADMIN_TOKEN', name: 'ONRECORD_ADMIN_TOKEN', role: 'admin', until: Infinity }
    const now = clock()
    const known = await tokens.valid(db.read, token, now.toISOString())
    if (known !== undefined) note(known, now)
    return known && { id: known.id, name: known.name, role: known.role, until: known.until }
  }

  return { recognise, stop }
}

// config/config.ts guarantees that both are set.
const oidcOf = (settings: HolderSettings) => ({
  issuer: settings.ONRECORD_OIDC_ISSUER!,
  audience: settings.ONRECORD_OIDC_AUDIENCE!,
  rolesClaim: settings.ONRECORD_OIDC_ROLES_CLAIM,
  roles: settings.ONRECORD_OIDC_ROLES,
  nameClaim: settings.ONRECORD_OIDC_NAME_CLAIM
})
