// Files of media: what was uploaded, and the renditions of pictures. The bytes are elsewhere, under their SHA-256.
import { isNotNull } from 'drizzle-orm'
import type * as kit from '../columns/postgres.ts'
import { edited } from './shared.ts'

/** A rendition of a picture. */
export interface StoredRendition {
  /** The name of its crop; null for the whole picture. */
  crop: string | null
  width: number
  height: number
  type: string
  bytes: number
  /** SHA-256 of its bytes: of the pixels, and of the rights that it carries. */
  digest: string
  animated?: true
}

/** What renditions are made by. */
export interface Recipe {
  widths: number[]
  formats: ('jpeg' | 'webp' | 'avif')[]
  crops: { name: string; width: number; height: number; widths: number[] }[]
  focalPoint: { x: number; y: number } | null
  /** The packet of rights (XMP) that every rendition carries. */
  packet: string
}

export function files(c: typeof kit) {
  const files = c.table(
    'files',
    {
      /** SHA-256 of its bytes, in hexadecimal digits. */
      digest: c.string('digest').primaryKey(),
      type: c.string('type').notNull(),
      kind: c.string('kind').$type<'image' | 'video' | 'audio' | 'document'>().notNull(),
      bytes: c.whole('bytes').notNull(),
      /** Upright, in pixels; null where it is no picture. */
      width: c.whole('width'),
      height: c.whole('height'),
      frames: c.whole('frames'),
      /** What its signature says (C2PA), judged when it came; null where it has none. */
      credentials: c.json<object>('credentials'),
      addedBy: c.string('added_by').notNull(),
      createdAt: c.instant('created_at').notNull()
    },
    (t) => [c.index('files_by_adder').on(t.addedBy, t.createdAt)]
  )

  const renditionSets = c.table(
    'rendition_sets',
    {
      /** SHA-256 of the file's digest and the recipe. */
      id: c.id(),
      file: c
        .string('file')
        .notNull()
        .references(() => files.digest, { onDelete: 'cascade' }),
      recipe: c.json<Recipe>('recipe').notNull(),
      state: c.string('state').$type<'pending' | 'ready' | 'failed'>().notNull(),
      renditions: c.json<StoredRendition[]>('renditions').notNull(),
      /** A tiny picture to show meanwhile, as a data URL. */
      placeholder: c.string('placeholder'),
      error: c.string('error'),
      attempts: c.whole('attempts').notNull(),
      /** Whether nobody waits for it, since the settings were changed and a former set is shown: it is made after all others. */
      background: c.flag('background').notNull().default(false),
      /** When it is made, or made anew where a process was killed meanwhile; null when it is over. */
      dueAt: c.instant('due_at'),
      createdAt: c.instant('created_at').notNull()
    },
    (t) => [
      c.index('rendition_sets_by_file').on(t.file),
      c.index('rendition_sets_due').on(t.background, t.dueAt).where(isNotNull(t.dueAt))
    ]
  )

  /** Which sets a rendition is in: equal ones are stored once. */
  const renditionFiles = c.table(
    'rendition_files',
    {
      digest: c.string('digest').notNull(),
      setId: c
        .ref('set_id')
        .notNull()
        .references(() => renditionSets.id, { onDelete: 'cascade' }),
      type: c.string('type').notNull(),
      bytes: c.whole('bytes').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.digest, t.setId] }), c.index('rendition_files_by_set').on(t.setId)]
  )

  /** Which sets readers were ever shown, and of which records of media: their addresses lead on to those that are shown now. */
  const publishedSets = c.table(
    'published_sets',
    {
      setId: c
        .ref('set_id')
        .notNull()
        .references(() => renditionSets.id, { onDelete: 'cascade' }),
      /** The record may be deleted since, while another has the same file. */
      mediaId: c.ref('media_id').notNull()
    },
    (t) => [c.primaryKey({ columns: [t.setId, t.mediaId] }), c.index('published_sets_by_media').on(t.mediaId)]
  )

  /** What pictures say of themselves: for the desk, until it accepts it. */
  const fileMetadata = c.table('file_metadata', {
    file: c
      .string('file')
      .primaryKey()
      .references(() => files.digest, { onDelete: 'cascade' }),
    proposal: c.json<object>('proposal').notNull(),
    /** Each value with where it was read, and all properties. */
    details: c.json<object>('details').notNull()
  })

  /** What pictures look like (files/renditions/lookalike.ts): a hash, and its parts of 16 bits. */
  const pictureHashes = c.table(
    'picture_hashes',
    {
      file: c
        .string('file')
        .primaryKey()
        .references(() => files.digest, { onDelete: 'cascade' }),
      hash: c.string('hash').notNull(),
      first: c.whole('first').notNull(),
      second: c.whole('second').notNull(),
      third: c.whole('third').notNull(),
      fourth: c.whole('fourth').notNull()
    },
    (t) => [
      c.index('picture_hashes_by_first').on(t.first),
      c.index('picture_hashes_by_second').on(t.second),
      c.index('picture_hashes_by_third').on(t.third),
      c.index('picture_hashes_by_fourth').on(t.fourth)
    ]
  )

  /** How renditions are made: one row. */
  const mediaSettings = c.table('media_settings', {
    id: c.id(),
    settings: c.json<object>('settings').notNull(),
    ...edited(c)
  })

  return { files, fileMetadata, pictureHashes, renditionSets, renditionFiles, publishedSets, mediaSettings }
}
