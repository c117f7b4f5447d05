import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

const seconds = { minimum: 0, maximum: 31_536_000 }

/** An origin as browsers write it: no path, no upper case (RFC 6454, 6.2). */
const origin = 'https?://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?'

/** Pages of this machine, whatever their port. */
const loopback = 'localhost'

const Config = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'The address to listen on.' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: 'The port to listen on; 0 for any free one.'
  }),
  DATABASE_URL: Type.String({
    default: 'file:data/onrecord.db',
    pattern: '^file:.',
    description: 'Where the database file is; under `npm start`, `file:data/sample.db`.'
  }),
  ONRECORD_ADMIN_TOKEN: Type.Optional(
    Type.String({
      pattern: '^onr_[\\w-]{1,200}$',
      description: 'A fixed admin token, for tests and first boot.'
    })
  ),
  ONRECORD_OIDC_ISSUER: Type.Optional(
    Type.String({
      pattern: '^(https://[^/?#@\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d+)?)(/[^?#\\s]*)?$',
      description:
        'The OpenID Connect issuer whose JWTs are taken beside our tokens: its address, exactly as it names itself. `https`, or this machine.'
    })
  ),
  ONRECORD_OIDC_AUDIENCE: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'What the issuer calls this API: the `aud` of its tokens. Needed with an issuer.'
    })
  ),
  ONRECORD_OIDC_ROLES_CLAIM: Type.String({
    default: 'roles',
    minLength: 1,
    description: 'The claim that says what a person may: its name, or the path to it (`realm_access.roles`).'
  }),
  ONRECORD_OIDC_ROLES: Type.Optional(
    Type.String({
      pattern:
        '^[^,]+=(viewer|contributor|editor|moderator|admin)(,[^,]+=(viewer|contributor|editor|moderator|admin))*$',
      description:
        'Which value of that claim is which role (`newsroom-editors=editor,newsroom-admins=admin`). Without it they are the names of the roles.'
    })
  ),
  ONRECORD_OIDC_NAME_CLAIM: Type.String({
    default: 'sub',
    minLength: 1,
    description:
      'The claim that the change log and locks name a person by. Another than `sub` only if it never changes and is never given to two.'
  }),
  ONRECORD_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'What hashes and seals of personal data are keyed with. Without it, a file beside the database that the first start makes.'
    })
  ),
  ONRECORD_TRUST_PROXY: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Fa-f.:/]+(, *[0-9A-Fa-f.:/]+)*$',
      description:
        'The proxies whose X-Forwarded-For is believed: addresses or networks, with commas (`127.0.0.1, 10.0.0.0/8`).'
    })
  ),
  ONRECORD_RATE_LIMIT: Type.String({
    default: '1',
    pattern: '^(off|(?=.*[1-9])\\d{1,4}(\\.\\d{1,3})?)$',
    description:
      'How many times the standard budgets of requests each may use: `0.5`, `10`; `off` for no limits.'
  }),
  ONRECORD_TERRITORY: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'The country the newsroom publishes in (ISO 3166: `NO`), to check the rights of media for.'
    })
  ),
  ONRECORD_WORKERS: Type.String({
    default: '1',
    pattern: '^(auto|[1-9]\\d?)$',
    description: 'How many processes serve; `auto` for one a core.'
  }),
  ONRECORD_THREADS: Type.Integer({
    default: 2,
    minimum: 0,
    maximum: 64,
    description:
      'How many worker threads each process has for what takes long; 0 for none: it is done where requests are answered.'
  }),
  ONRECORD_CACHE_MB: Type.Integer({
    default: 83,
    minimum: 0,
    maximum: 65536,
    description: 'How much of the public answers each process keeps in memory, in MB.'
  }),
  ONRECORD_CHECK_FIRST_MB: Type.Integer({
    default: 1024,
    minimum: 0,
    description:
      'A database of more MB is served before it has been looked through for damage, which ends the service when it is found.'
  }),
  ONRECORD_MAX_AGE: Type.Integer({
    ...seconds,
    default: 5,
    description: 'For how many seconds public answers are fresh in the caches of others.'
  }),
  ONRECORD_STALE_WHILE_REVALIDATE: Type.Integer({
    ...seconds,
    default: 60,
    description: 'For how many seconds more they may be shown while they are asked for anew (RFC 5861).'
  }),
  ONRECORD_STALE_IF_ERROR: Type.Integer({
    ...seconds,
    default: 86_400,
    description: 'For how many seconds more they may be shown while this service does not answer (RFC 5861).'
  }),
  ONRECORD_CORS_ORIGINS: Type.Optional(
    Type.String({
      pattern: `^(\\*|(${origin}|${loopback})(, *(${origin}|${loopback}))*)$`,
      description:
        'The sites whose pages may read the answers in a browser: origins, with commas (`https://news.example`), `localhost` for pages of this machine on any port, or `*` for all. Without it, none; under `npm start`, `localhost`.'
    })
  ),
  ONRECORD_MCP: Type.String({
    default: 'off',
    pattern: '^(off|token|public)$',
    description:
      'Whether agents find tools at `/mcp` (Model Context Protocol): `token` for those with a token, `public` for reading without one, too; `off` for none.'
  }),
  ONRECORD_SITE: Type.String({
    default: 'off',
    pattern: '^(on|off)$',
    description:
      'Whether `/` and what is below it is a site made of what is published: `on` or `off`. Under `npm start`, `on`.'
  }),
  ONRECORD_WEBHOOK_PRIVATE: Type.String({
    default: 'refuse',
    pattern: '^(allow|refuse)$',
    description: 'Whether webhooks may go to private, loopback and link-local addresses: `allow` or `refuse`.'
  }),
  ONRECORD_FILES: Type.Optional(
    Type.String({
      pattern: '^file:.',
      description:
        'The folder of the files of media (`file:/srv/files`). Without it, a folder beside the database.'
    })
  ),
  ONRECORD_FILE_MB: Type.Integer({
    default: 500,
    minimum: 1,
    maximum: 2000,
    description: 'How large one file of media may be, in MB.'
  }),
  ONRECORD_FILES_MB: Type.Integer({
    default: 100_000,
    minimum: 1,
    description: 'How much all of them may have together, in MB, without their renditions.'
  }),
  ONRECORD_FILES_DAY_MB: Type.Integer({
    default: 10_000,
    minimum: 1,
    description: 'How much one token may add in a day, in MB.'
  }),
  ONRECORD_FETCH_PRIVATE: Type.String({
    default: 'refuse',
    pattern: '^(allow|refuse)$',
    description:
      'Whether files may be fetched from private, loopback and link-local addresses: `allow` or `refuse`.'
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      maxLength: 2000,
      description:
        'Where OpenTelemetry traces are sent, by OTLP over HTTP (`http://localhost:4318`); nowhere without it.'
    })
  ),
  OTEL_SERVICE_NAME: Type.String({
    default: 'onrecord',
    maxLength: 100,
    description: 'What the traces call this service.'
  }),
  ONRECORD_AKISMET_URL: Type.Optional(
    Type.String({
      pattern: '^https?://.',
      description:
        'Where comments are checked for spam as Akismet does (`https://rest.akismet.com/1.1/comment-check`): author, text and address of a reader are sent there. Off when not set.'
    })
  ),
  ONRECORD_AKISMET_KEY: Type.Optional(
    Type.String({ minLength: 1, description: 'The API key for that; the requests are signed with it, too.' })
  ),
  ONRECORD_SITE_URL: Type.Optional(
    Type.String({ pattern: '^https?://.', description: 'The front page of the site, for that check.' })
  ),
  ONRECORD_BACKUP_DIR: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The folder that backups asked for over HTTP go to. Without it, `backups` beside the database.'
    })
  ),
  ONRECORD_TRASH_DAYS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 36_500,
    description: 'For how many days a deleted article that readers never saw can be restored.'
  }),
  ONRECORD_IMPORT_DAYS: Type.Integer({
    default: 30,
    minimum: 0,
    maximum: 36_500,
    description: 'For how many days the page of an import is kept, for those who review it; 0 keeps none.'
  }),
  ONRECORD_BACKUP_KEEP: Type.Integer({
    default: 7,
    minimum: 1,
    maximum: 10_000,
    description: 'How many of them are kept; the oldest go.'
  }),
  ONRECORD_BACKUP_EVERY: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 8760,
    description: 'After how many hours the service makes one by itself; 0 for never.'
  }),
  LOG_LEVEL: Type.String({
    default: 'warn',
    pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
    description: 'How much to log.'
  })
})
export type Config = Readonly<Static<typeof Config>>

/** All settings from the environment, with descriptions and defaults. */
export const settings = Object.entries(Config.properties).map(([name, schema]) => {
  const { description, default: standard } = schema as { description?: string; default?: string | number }
  return { name, description, standard }
})

/** Settings that require others. */
const together: [keyof Config, (keyof Config)[]][] = [
  ['ONRECORD_OIDC_ISSUER', ['ONRECORD_OIDC_AUDIENCE']],
  ['ONRECORD_AKISMET_URL', ['ONRECORD_AKISMET_KEY', 'ONRECORD_SITE_URL']]
]

/** An invalid setting, with a message for the operator. */
export class BadConfiguration extends Error {}

/** The defaults of `start`, which is for trying the program on one's own machine. */
export const trial = {
  DATABASE_URL: 'file:data/sample.db',
  ONRECORD_CORS_ORIGINS: loopback,
  ONRECORD_SITE: 'on'
} satisfies Partial<Config>

/** Reads the settings, with other defaults if need be. Throws BadConfiguration that names the invalid one. */
export function readConfig(env: NodeJS.ProcessEnv, defaults: Partial<Config> = {}): Config {
  const config = Value.Convert(Config, Value.Default(Config, Value.Clean(Config, { ...defaults, ...env })))
  const [error] = Value.Errors(Config, config)
  if (error) throw new BadConfiguration(`Bad configuration: ${error.instancePath.slice(1)} ${error.message}`)
  const read = config as Static<typeof Config>
  for (const [name, needed] of together)
    if (read[name] !== undefined && needed.some((one) => read[one] === undefined))
      throw new BadConfiguration(`Bad configuration: ${name} needs ${needed.join(' and ')}`)
  return Object.freeze(read)
}
