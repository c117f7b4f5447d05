import { type Static, Type } from 'typebox'
import { choice, id, pageQuery, strict, text } from '../../http/schemas.ts'

export const Redirect = strict(
  {
    from: Type.String({
      description: 'The old path with its query, percent-encoded, as it was in the other system.',
      examples: ['/2019/03/late-ferry/', '/?p=13']
    }),
    to: Type.String({
      description:
        'Where the article is now: its address by `/v1/publisher`, or the path of the reference site where nobody said what the front page is.',
      examples: ['https://news.example/articles/late-ferry']
    }),
    status: Type.Integer({ enum: [301], description: 'Moved for good (RFC 9110, 15.4.2).', examples: [301] }),
    articleId: id('art')
  },
  { $id: 'Redirect', description: 'An address that an article had in another system, and where it is now.' }
)
export type Redirect = Static<typeof Redirect>

export const RedirectQuery = strict({
  ...pageQuery().properties,
  from: Type.Optional(
    text(2000, {
      description:
        'Only what this address leads to: a path with its query, or a whole address. Where there is none, a slash more or less at its end, then what it is without its query, is looked up.',
      examples: ['/2019/03/late-ferry/']
    })
  )
})
export type RedirectQuery = Static<typeof RedirectQuery>

export const redirectFile = choice(['nginx', 'netlify', 'csv'], {
  description:
    '`nginx`: the lines of a `map $request_uri`; `netlify`: a `_redirects` file, which Cloudflare Pages reads too; `csv`: from, to, status (RFC 4180).',
  examples: ['nginx']
})
export type RedirectFile = Static<typeof redirectFile>

export const RedirectFileQuery = strict({
  page: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 10_000,
      default: 1,
      description: 'Which ten thousand of more redirects.',
      examples: [2]
    })
  )
})
export type RedirectFileQuery = Static<typeof RedirectFileQuery>
