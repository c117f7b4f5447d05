// Backups, and for how long things are kept.
import { Type } from 'typebox'

export const keeping = {
  ONRECORD_BACKUP_DIR: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The folder that backups asked for over HTTP go to. Without it, `backups` beside the database.'
    })
  ),
  ONRECORD_BACKUP_KEEP: Type.Integer({
    default: 7,
    minimum: 1,
    maximum: 10_000,
    description: 'How many backups are kept; the oldest go.'
  }),
  ONRECORD_BACKUP_EVERY: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 8760,
    description: 'After how many hours the service makes a backup by itself; 0 for never.'
  }),
  ONRECORD_BACKUP_FILES: Type.String({
    default: 'all',
    pattern: '^(all|none)$',
    description:
      'Whether backups hold the files of media: `all`, or `none` where their folder or bucket is saved otherwise.'
  }),
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
  })
}
