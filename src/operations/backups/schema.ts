import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, pageQuery, strict } from '../../http/schemas.ts'

const Status = choice(['waiting', 'running', 'done', 'failed', 'removed'], {
  description: '`waiting` is made next, `running` now; `removed` has no file any more.'
})

export const Backup = strict(
  {
    id: id('bak'),
    status: Status,
    actor: Type.String({ description: 'Whose token asked for it; `backups` for the schedule.' }),
    createdAt: Instant,
    startedAt: nullable(Instant),
    finishedAt: nullable(Instant),
    file: nullable(Type.String({ description: 'Its name in the folder of the backups; it is not sent.' })),
    bytes: nullable(Type.Integer({ minimum: 0 })),
    sha256: nullable(
      Type.String({
        description: 'Of the file, in hexadecimal digits; `FILE.sha256` has it for `sha256sum -c`.'
      })
    ),
    error: nullable(Type.String({ description: 'Why there is none.' }))
  },
  {
    $id: 'Backup',
    description: 'A copy of the whole database as it was at one moment after `startedAt`.',
    examples: [
      {
        id: 'bak_01k9v3w8zhe5ra4gxm7y2bqd6c',
        status: 'done',
        actor: 'The night desk',
        createdAt: '2026-11-02T08:30:00.000Z',
        startedAt: '2026-11-02T08:30:00.412Z',
        finishedAt: '2026-11-02T08:30:06.020Z',
        file: 'onrecord-20261102T083000412Z-01k9v3w8zhe5ra4gxm7y2bqd6c.db',
        bytes: 684261376,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        error: null
      }
    ]
  }
)
export type Backup = Static<typeof Backup>

export const Export = strict(
  { ...Backup.properties, id: id('exp'), actor: Type.String({ description: 'Whose token asked for it.' }) },
  {
    $id: 'Export',
    description:
      'An export of the whole newsroom in JSON Lines, without tokens, secrets and private fields, in the folder of the backups.',
    examples: [
      {
        id: 'exp_01k9v3w8zhe5ra4gxm7y2bqd6c',
        status: 'waiting',
        actor: 'The night desk',
        createdAt: '2026-11-02T08:30:00.000Z',
        startedAt: null,
        finishedAt: null,
        file: null,
        bytes: null,
        sha256: null,
        error: null
      }
    ]
  }
)

export const BackupQuery = pageQuery()
