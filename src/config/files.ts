// The files of media: where they are, and how much of them is taken.
import { Type } from 'typebox'

export const files = {
  ONRECORD_FILES: Type.Optional(
    Type.String({
      pattern: '^(file:.+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_.-]+)*/?)$',
      description:
        'Where the files of media are: a folder (`file:/srv/files`), or a bucket of an S3-compatible store (`s3://BUCKET/PREFIX`). Without it, a folder beside the database.'
    })
  ),
  ONRECORD_S3_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$',
      description:
        'The address of that store (`https://s3.example.org`). Without it, Amazon S3 in the region.'
    })
  ),
  ONRECORD_S3_REGION: Type.String({
    default: 'us-east-1',
    pattern: '^[a-z0-9-]{1,50}$',
    description: 'The region that requests to it are signed for.'
  }),
  ONRECORD_S3_ADDRESSING: Type.String({
    default: 'path',
    pattern: '^(path|host)$',
    description:
      'Where the name of the bucket stands in addresses: in the `path`, or before the name of the `host`.'
  }),
  AWS_ACCESS_KEY_ID: Type.Optional(
    Type.String({ minLength: 1, description: 'The key that the bucket is read and written with.' })
  ),
  AWS_SECRET_ACCESS_KEY: Type.Optional(Type.String({ minLength: 1, description: 'The secret of that key.' })),
  AWS_SESSION_TOKEN: Type.Optional(
    Type.String({ minLength: 1, description: 'What belongs to a key that holds for a while only.' })
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
