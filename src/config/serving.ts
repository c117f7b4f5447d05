// Where the service listens, by how many processes, and where its database is.
import { Type } from 'typebox'

export const serving = {
  HOST: Type.String({ default: '127.0.0.1', description: 'The address to listen on.' }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: 'The port to listen on; 0 for any free one.'
  }),
  DATABASE_URL: Type.String({
    default: 'file:data/onrecord.db',
    pattern: '^(file:.|postgres(ql)?://.)',
    description:
      'Where the database is: a file (`file:PATH`; under `npm start`, `file:data/sample.db`), or PostgreSQL (`postgres://USER:PASSWORD@HOST[,HOST2]/NAME`).'
  }),
  ONRECORD_DURABILITY: Type.String({
    default: 'server',
    pattern: '^(server|replicated)$',
    description:
      'Where a change is when it is acknowledged: on the disk of the `server`, or `replicated` on that of a synchronous standby, too. Only PostgreSQL has one.'
  }),
  ONRECORD_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      description:
        'What hashes and seals of personal data are keyed with. Without it, a file beside the database that the first start makes.'
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
  ONRECORD_CHECK_FIRST_MB: Type.Integer({
    default: 64,
    minimum: 0,
    description:
      'A database of more MB is served before it has been looked through for damage, which ends the service when it is found.'
  }),
  ONRECORD_TERRITORY: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{2}$',
      description: 'The country the newsroom publishes in (ISO 3166: `NO`), to check the rights of media for.'
    })
  ),
  LOG_LEVEL: Type.String({
    default: 'warn',
    pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
    description: 'How much to log.'
  })
}
