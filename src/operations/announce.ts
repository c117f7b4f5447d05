// What a start prints: where the service listens, and how to get a token.
import type { Config } from '../config/config.ts'

interface Started {
  address: string
  /** The database. */
  where: string
  processes: number | undefined
  /** The database of commands that are given no other. */
  standard: string
}

export function announce(config: Config, started: Started, say: (line: string) => void) {
  const { address, where, processes = 1 } = started
  say(`On Record listens on ${address}`)
  if (config.ONRECORD_SITE === 'on') say(`The site             ${address}/`)
  say(`API documentation    ${address}/docs`)
  if (processes > 1) say(`Processes            ${processes}`)
  say(`A token              ${tokenHint(config, started)}`)
  say(`Database             ${where}`)
}

/** How to get a token for this database. */
function tokenHint({ ONRECORD_ADMIN_TOKEN }: Config, { where, standard }: Started) {
  if (ONRECORD_ADMIN_TOKEN) return 'the one in ONRECORD_ADMIN_TOKEN is an admin’s'
  if (where.startsWith('postgres:'))
    return 'npm run token -- --role admin --name NAME, with this DATABASE_URL'
  const variable = where === standard ? '' : `DATABASE_URL=file:${where} `
  return `${variable}npm run token -- --role admin --name NAME`
}
