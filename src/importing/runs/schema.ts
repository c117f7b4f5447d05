// Imports of whole exports, as they are sent and told.
import { type Static, Type } from 'typebox'
import { ExternalSystem } from '../../content/external/schema.ts'
import { choice, Instant, id, nullable, ref, strict } from '../../http/schemas.ts'
import { systemKinds } from '../systems/kinds.ts'

/** The content types in which exports come. */
export const exportTypes = ['application/xml', 'application/zip', 'application/json']

/** What a file is called in reports, and to readers, of which some tell kinds by the ends of names. */
export function nameOf({ file, mediaType }: { file: string | null; mediaType: string }): string {
  const end = mediaType.replace('application/', '.')
  return file === null ? `export${end}` : file.toLowerCase().endsWith(end) ? file : `${file}${end}`
}

const readerNames = [...systemKinds]

/** The body of POST /v1/imports: the file of an export. */
export const ExportFile = Type.String({
  $id: 'ExportFile',
  maxLength: 100_000_000_000,
  description: 'The file of an export, as it is: up to `ONRECORD_IMPORT_MB`.',
  examples: ['(the bytes of the file)']
})

const yesOrNo = choice(['true', 'false'])

/** What is asked for with an export. */
export const ImportOptions = strict({
  as: Type.Optional(
    choice(readerNames, {
      description: 'Which system an export is of. Without it, what the file holds decides.',
      examples: ['wxr']
    })
  ),
  system: Type.Optional(
    Type.Unsafe<string>({
      ...ExternalSystem,
      description: 'The system of the external ids: it keeps two sites of one kind apart.',
      examples: ['harbour-blog']
    })
  ),
  publish: Type.Optional(
    Type.Unsafe<'true' | 'false'>({
      ...yesOrNo,
      description:
        'Whether what was published there is published here, if its checks pass; `false` without it.',
      examples: ['false']
    })
  ),
  quotes: Type.Optional(
    Type.Unsafe<'true' | 'false'>({
      ...yesOrNo,
      description: 'Whether quotes, claims, speakers and credits are proposed; `true` without it.',
      examples: ['true']
    })
  ),
  moved: Type.Optional(
    Type.Unsafe<'true' | 'false'>({
      ...yesOrNo,
      description:
        'Whether the site may have another address than the one that the system is known by. Without it, an export of another site fails (`other-site`).',
      examples: ['false']
    })
  )
})
export type ImportOptions = Static<typeof ImportOptions>

const count = (description: string, ...examples: number[]) =>
  Type.Integer({ minimum: 0, description, ...(examples.length > 0 && { examples }) })

const card = {
  id: id('imp'),
  kind: choice(['export'], {
    description: 'A whole export.'
  }),
  status: choice(['queued', 'running', 'done', 'failed'], {
    description: '`queued` begins next; `running` goes on after a restart; `failed` says why in `error`.'
  }),
  as: choice(readerNames, { description: 'What it is read as.', examples: ['wxr'] }),
  title: Type.String({ description: 'The same in words.', examples: ['WordPress (WXR)'] }),
  recognised: Type.Boolean({
    description: 'Whether what the file holds told that.',
    examples: [true]
  }),
  system: Type.Unsafe<string>({ ...ExternalSystem, description: 'The system of the external ids.' }),
  publish: Type.Boolean({ description: 'Whether what was published there is published here.' }),
  quotes: Type.Boolean({ description: 'Whether quotes, claims and credits are proposed.' }),
  moved: Type.Boolean({
    description: 'Whether its site may have another address than the one that the system is known by.'
  }),
  mediaType: choice(exportTypes),
  file: nullable(Type.String({ description: 'The name of the file, where it was sent with one.' })),
  bytes: count('How large the file is.'),
  sha256: Type.String({ description: 'Of the file, in hexadecimal digits.' }),
  read: count('How many bytes of it, unpacked, have been read; some are read twice.', 786_432),
  counts: strict(
    {
      articles: count('New articles.', 64),
      changed: count('Articles and comments that changed there, and here.', 3),
      unchanged: count('Those that are as they were, or were edited here.', 18),
      published: count('New articles that were published.', 0),
      comments: count('New comments.', 180),
      left: count('What was left out: in the trash there, deleted here, without an article.', 2),
      failed: count('What could not be written.', 0)
    },
    {
      description: 'What became of the entries that have been read.',
      examples: [{ articles: 64, changed: 0, unchanged: 0, published: 0, comments: 180, left: 2, failed: 0 }]
    }
  ),
  reported: count('How many lines the report has.', 12),
  error: nullable(
    strict(
      {
        code: Type.String({ description: 'Why, for programs.', examples: ['zip-bomb'] }),
        reason: Type.String({ description: 'Why, for people. What was written before stays.' })
      },
      { description: 'Why it failed; null where it did not.' }
    )
  ),
  importedBy: strict({
    name: Type.String({ description: 'Whose token it was.' }),
    role: nullable(choice(['viewer', 'contributor', 'editor', 'moderator', 'admin']))
  }),
  version: Type.Integer({ minimum: 1 }),
  createdAt: Instant,
  startedAt: nullable(Instant),
  finishedAt: nullable(Instant),
  updatedAt: Instant
}

const example = {
  id: 'imp_01k9v3w8zhe5ra4gxm7y2bqd6e',
  kind: 'export',
  status: 'running',
  as: 'wxr',
  title: 'WordPress (WXR)',
  recognised: true,
  system: 'wordpress',
  publish: false,
  quotes: true,
  moved: false,
  mediaType: 'application/xml',
  file: 'export.xml',
  bytes: 604_112,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  read: 786_432,
  counts: { articles: 64, changed: 0, unchanged: 0, published: 0, comments: 180, left: 2, failed: 0 },
  reported: 12,
  error: null,
  importedBy: { name: 'The night desk', role: 'editor' },
  version: 1,
  createdAt: '2026-11-02T08:30:00.000Z',
  startedAt: '2026-11-02T08:30:00.500Z',
  finishedAt: null,
  updatedAt: '2026-11-02T08:30:02.000Z'
}

export const ImportLoss = strict(
  {
    place: Type.String({
      description: 'Where it stands in the export.',
      examples: ['export.xml: post 13']
    }),
    code: Type.String({ description: 'What kind it is of.', examples: ['shortcode-kept'] }),
    reason: Type.String({ description: 'What became of it.' }),
    words: Type.Optional(Type.String({ description: 'The words that it is about, shortened.' }))
  },
  {
    $id: 'ImportLoss',
    description: 'Something of an export that could not be kept, or not as it was.',
    examples: [
      {
        place: 'export.xml: post 13',
        code: 'shortcode-kept',
        reason: 'The shortcode [poll] is not known: it stays in the body as it is.',
        words: '[poll id="3"]'
      }
    ]
  }
)
export type ImportLoss = Static<typeof ImportLoss>

export const ExportImport = strict(
  {
    ...card,
    reportedByCode: Type.Optional(
      Type.Array(
        strict({
          code: Type.String({ description: 'A kind of lines.', examples: ['shortcode-kept'] }),
          count: count('How many lines are of it.')
        }),
        { description: 'The lines of the report, by their codes; not in lists.' }
      )
    ),
    warnings: Type.Optional(
      Type.Array(ref(ImportLoss), {
        description:
          'The first 100 lines of the report, which `/v1/imports/{id}/report` has whole; not in lists.'
      })
    )
  },
  {
    $id: 'ExportImport',
    description:
      'An export of another system that was sent whole, how far it is, and what could not be kept.',
    examples: [{ ...example, reportedByCode: [], warnings: [] }]
  }
)
export type ExportImport = Static<typeof ExportImport>
