// The files of media: where they are, and how much of them is taken.
import { Type } from 'typebox'

export const files = {
  ONRECORD_FILES: Type.Optional(
    Type.String({
      pattern: '^file:.',
      description:
        'The folder of the files of media (`file:/srv/files`). Without it, a folder beside the database.'
    })
  ),
  ONRECORD_C2PA_ANCHORS: Type.Optional(
    Type.String({
      pattern: '^file:.',
      description:
        'A file of certificates (`file:/etc/c2pa.pem`) whose signatures of pictures (C2PA) are trusted. Without it, none is.'
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
  ONRECORD_IMPORT_MB: Type.Integer({
    default: 2000,
    minimum: 1,
    maximum: 100_000,
    description: 'How large an export of another system may be that is sent to be imported, in MB.'
  }),
  ONRECORD_FETCH_PRIVATE: Type.String({
    default: 'refuse',
    pattern: '^(allow|refuse)$',
    description:
      'Whether files may be fetched from private, loopback and link-local addresses: `allow` or `refuse`.'
  })
}
