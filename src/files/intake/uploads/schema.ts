// Files that are sent in parts (tus 1.0.0), as they are told of.
import { type Static, Type } from 'typebox'
import { Instant, id, nullable, strict, text } from '../../../http/schemas.ts'

/** The longest file, in bytes; a setting allows less. */
const maxBytes = 2_000_000_000

const size = (description: string, example: number) =>
  Type.Integer({ minimum: 0, maximum: maxBytes, description, examples: [example] })

export const Upload = strict(
  {
    id: id('upl'),
    length: size('How many bytes the file has.', 8_154_400),
    offset: size('How many of them are here: it goes on with the next.', 5_242_880),
    name: nullable(text(255, { description: 'The name it came with.', examples: ['ferry.jpg'] })),
    type: nullable(text(200, { description: 'What it is said to be.', examples: ['image/jpeg'] })),
    expiresAt: { ...Instant, description: 'When it is removed, unless more of it comes before.' }
  },
  { $id: 'Upload', description: 'A file that is sent in parts, until a record of media takes it.' }
)
export type Upload = Static<typeof Upload>

const header = (description: string, example: string, pattern = '^\\d{1,12}$') => ({
  type: 'string',
  pattern,
  description,
  examples: [example]
})

/** The headers of tus that a request may have. */
export const requestHeaders = {
  'Upload-Length': header('How many bytes the file has.', '8154400'),
  'Upload-Offset': header('How many of its bytes are here already.', '0'),
  'Upload-Metadata': {
    type: 'string',
    maxLength: 4000,
    description: 'Pairs of a name and a value in Base64, of which `filename` and `filetype` are kept.',
    examples: ['filename ZmVycnkuanBn,filetype aW1hZ2UvanBlZw==']
  },
  'Upload-Checksum': {
    type: 'string',
    maxLength: 200,
    description: 'The sha1, sha256 or md5 of the bytes that come with this request, in Base64.',
    examples: ['sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=']
  }
}

/** The headers of tus that an answer has. */
export const answerHeaders = {
  'Upload-Offset': header('How many bytes are here now.', '8154400'),
  'Upload-Length': header('How many bytes the file has.', '8154400'),
  'Upload-Expires': header('When it is removed.', 'Sat, 30 Jan 2027 08:00:00 GMT', '^.*$')
}

export const FilePart = Type.String({
  $id: 'FilePart',
  contentEncoding: 'binary',
  maxLength: maxBytes,
  description: 'The bytes of the file from the offset on, as many as you like.',
  examples: ['(the bytes from there on)']
})
