import { type Static, Type } from 'typebox'
import { choice, nullable, strict, text } from '../../http/schemas.ts'

/** The address of a file of ours: a path of this service, unless the media settings name where readers reach it. */
export const FileUrl = Type.String({
  format: 'uri-reference',
  maxLength: 2300,
  description: 'Where it is: an address, or a path of this service.',
  examples: ['/v1/files/0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e/1280.jpg']
})

const pixels = Type.Integer({ minimum: 1, maximum: 100_000 })
export const bytes = Type.Integer({ minimum: 1, description: 'How many bytes it has.', examples: [81_544] })
export const contentType = text(100, {
  description: 'Its content type, told by its bytes.',
  examples: ['image/webp']
})

export const Rendition = strict(
  {
    crop: nullable(
      Type.String({ description: 'The name of its crop; null for the whole picture.', examples: ['square'] })
    ),
    width: pixels,
    height: pixels,
    type: contentType,
    bytes,
    url: FileUrl,
    animated: Type.Optional(Type.Literal(true, { description: 'It moves; others show its first frame.' }))
  },
  {
    $id: 'Rendition',
    description:
      'A picture in one size and format: what `srcset` needs. It carries the rights of its credits (XMP), and nothing else of the file.'
  }
)
export type Rendition = Static<typeof Rendition>

const share = (what: string) =>
  Type.Number({ minimum: 0, maximum: 1, description: `How far ${what}: 0 to 1.`, examples: [0.5] })
export const FocalPoint = strict(
  { x: share('from the left'), y: share('from the top') },
  { description: 'What crops keep in their middle, as far as they can.', examples: [{ x: 0.3, y: 0.6 }] }
)

/** The file of a record of media, as the desk sees it. */
export const MediaFile = strict(
  {
    digest: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'SHA-256 of its bytes. The same bytes are stored once.',
      examples: ['0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e']
    }),
    name: nullable(text(255, { description: 'The name it came with.', examples: ['ferry.jpg'] })),
    type: contentType,
    bytes,
    width: nullable(pixels),
    height: nullable(pixels),
    url: Type.String({
      description: 'Where the desk gets it, as it came, with a token.',
      examples: [
        '/v1/files/0b0e8c5d4f9d7a1f6a2f5d1f3f1f0c9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e/ferry.jpg?edition=draft'
      ]
    })
  },
  { $id: 'MediaFile', description: 'The file of a record of media, as it came.' }
)
export type MediaFile = Static<typeof MediaFile>

/** How far the renditions of a picture are. */
export const Rendering = strict(
  {
    state: choice(['pending', 'ready', 'failed'], {
      description:
        '`pending` until all are made. Publishing waits for them, unless the record has complete ones by former media settings meanwhile.',
      examples: ['ready']
    }),
    detail: nullable(
      Type.String({ description: 'Why they could not be made.', examples: ['The picture is broken.'] })
    )
  },
  { description: 'How far the renditions of the picture are; a file that is no picture has none.' }
)
export type Rendering = Static<typeof Rendering>
