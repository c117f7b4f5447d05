import type { FastifyInstance } from 'fastify'
import { changeable, currentBy } from '../../changes/records.ts'
import { ContentCredentials } from '../../files/metadata/schema.ts'
import { MediaFile, Rendition } from '../../files/renditions/schema.ts'
import type { Files } from '../../files/service.ts'
import { id, ref } from '../../http/schemas.ts'
import type { Database, Reader } from '../../storage/database.ts'
import { listRoute, readRoute } from '../desk/collections.ts'
import { creationRoute } from './creation.ts'
import { deskFilters, list, MediaFilters } from './listing.ts'
import { routes as metadata } from './metadata/routes.ts'
import {
  CreateMedia,
  DraftMedia,
  Location,
  Media,
  MediaUpload,
  NewMedia,
  RawUpload,
  UploadFields
} from './schema.ts'
import * as media from './store.ts'
import { withUsage } from './usage.ts'

const schemas = [
  ContentCredentials,
  Rendition,
  MediaFile,
  Location,
  Media,
  DraftMedia,
  NewMedia,
  CreateMedia,
  UploadFields,
  MediaUpload,
  RawUpload
]

export function routes(app: FastifyInstance, db: Database, settings: { files?: Files }) {
  for (const schema of schemas) app.addSchema(schema)
  const forms = { published: ref(Media), draft: ref(DraftMedia) }
  const tag = 'media'
  const byId = async (db: Reader, id: string) => {
    const draft = await media.byId(db, id)
    return draft && withUsage(db, draft)
  }

  listRoute(app, db, {
    operationId: 'listMedia',
    summary: 'Media, newest first; in the published edition those that a published article shows.',
    url: '/media',
    tag,
    kind: 'media',
    card: Media,
    filters: MediaFilters,
    draft: forms.draft,
    only: { draft: deskFilters },
    facets: ({ kind, article, url, creator, supplier, licence, orientation, digitalSourceType }) => ({
      kind,
      article,
      url,
      creator,
      supplier,
      licence,
      orientation,
      digitalSourceType
    }),
    list
  })
  readRoute(app, db, {
    operationId: 'getMedia',
    tag,
    kind: 'media',
    id: id('med'),
    ...forms,
    byId
  })

  creationRoute(app, db, settings.files)
  metadata(app, db)

  changeable(app, db, {
    name: 'Media',
    phrase: 'a media record',
    collection: 'media',
    id: id('med'),
    input: NewMedia,
    output: ref(DraftMedia),
    errors: ['conflict', 'unprocessable'],
    deleteErrors: ['in-use'],
    current: currentBy(byId),
    change: async (...args) => withUsage(args[0], await media.change(...args)),
    remove: media.remove
  })
}
