// The store of files that the settings name.
import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Database } from '../../storage/database.ts'
import type { Blobs } from './blobs.ts'
import { folderBlobs } from './folder.ts'
import { checkFolder } from './one-folder.ts'
import type { Bucket } from './s3/client.ts'

export type StoreSettings = Pick<
  Config,
  | 'ONRECORD_FILES'
  | 'ONRECORD_S3_ENDPOINT'
  | 'ONRECORD_S3_REGION'
  | 'ONRECORD_S3_ADDRESSING'
  | 'AWS_ACCESS_KEY_ID'
  | 'AWS_SECRET_ACCESS_KEY'
  | 'AWS_SESSION_TOKEN'
>

/** The path of a setting that names a file or a folder. */
export const pathOf = (setting: string) => resolve(setting.replace(/^file:/, ''))

/** The folder that the settings name; undefined where they name a bucket, or nothing. */
export const folderOf = ({ ONRECORD_FILES: where }: Pick<StoreSettings, 'ONRECORD_FILES'>) =>
  where === undefined || where.startsWith('s3:') ? undefined : pathOf(where)

/** The bucket that the settings name; undefined where they name a folder, or nothing. */
function bucketOf(settings: StoreSettings): Bucket | undefined {
  const [, name, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(settings.ONRECORD_FILES ?? '') ?? []
  if (name === undefined) return undefined
  const region = settings.ONRECORD_S3_REGION
  return {
    name,
    prefix: prefix.replace(/([^/])\/*$/, '$1/'),
    region,
    endpoint: settings.ONRECORD_S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`,
    addressing: settings.ONRECORD_S3_ADDRESSING as Bucket['addressing'],
    // Settings without them are refused when they are read.
    accessKeyId: settings.AWS_ACCESS_KEY_ID!,
    secretAccessKey: settings.AWS_SECRET_ACCESS_KEY!,
    sessionToken: settings.AWS_SESSION_TOKEN
  }
}

/** The store that the settings name: a bucket, a folder, or the folder beside the database. */
export async function openBlobs(db: Pick<Database, 'filesFolder'>, settings: StoreSettings): Promise<Blobs> {
  const bucket = bucketOf(settings)
  if (bucket) return (await import('./s3/bucket.ts')).bucketBlobs(bucket, db.filesFolder)
  return folderBlobs(folderOf(settings) ?? db.filesFolder)
}

/** Throws a Refusal where the settings name a bucket that cannot be used. */
export async function checkStore(settings: StoreSettings) {
  const bucket = bucketOf(settings)
  if (bucket) await (await import('./s3/bucket.ts')).checkBucket(bucket)
}

/** Throws a Refusal where the files lie in another folder than those of other processes. A bucket is one for all. */
export async function checkOneFolder(
  db: Pick<Database, 'claimFiles' | 'filesFolder'>,
  settings: StoreSettings
) {
  if (bucketOf(settings) === undefined) await checkFolder(db, db.filesFolder)
}
