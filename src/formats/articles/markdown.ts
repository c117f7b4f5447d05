// An article as Markdown (CommonMark 0.31.2 with tables of GFM) with front matter.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { write } from '../../content/body/write.ts'
import { targetOf } from '../../content/body/writers/escapes.ts'
import { inline } from '../../content/body/writers/inline.ts'
import type { Media } from '../../content/media/schema.ts'
import type { Policy } from '../ai-use/store.ts'
import { kindNames, statements } from '../markup/voices.ts'
import { frontMatter } from './front-matter.ts'
import { leadBefore } from './lead.ts'
import { captionOf, correctionText, correctionTitle, creditLine, stepsOf } from './words.ts'

/** Text as words on one line, whatever signs it has. A block without words would be a line break. */
const words = (text: string) =>
  text === ''
    ? ''
    : inline(
        {
          _type: 'block',
          _key: '',
          style: 'normal',
          children: [{ _type: 'span', _key: '', text, marks: [] }],
          markDefs: []
        },
        { oneLine: true, inTable: false, inHeading: true }
      )

const link = (text: string, href: string | null) =>
  href === null ? words(text) : `[${words(text)}](${targetOf({ href })})`

/** The story with its pictures and their credits, what was corrected and who said what. */
export async function markdown(article: Article, policy: Policy): Promise<Buffer> {
  const { title, dek, corrections, retracted, origin } = article
  const line = creditLine(article)
  const parts = [
    `# ${words(title)}`,
    retracted && '**This story is retracted.**',
    dek && `*${words(dek)}*`,
    line && words(line),
    ...(await bodyOf(article)),
    origin?.publisher && `First published by ${link(origin.publisher, origin.url ?? null)}.`,
    corrections.length > 0 && '## What was corrected',
    ...corrections.map((one) => `**${words(correctionTitle(one))}:** ${words(correctionText(one))}`),
    ...(await voicesOf(article))
  ]
  return Buffer.from(`${frontMatter(article, policy)}\n${parts.filter(Boolean).join('\n\n')}\n`)
}

/** The lead picture unless the body shows it, and the body: pictures with their files, what is between them as it is. */
async function bodyOf(article: Article): Promise<string[]> {
  const { media } = article
  const shown = new Map(media.map((one) => [one.id, one]))
  const blocks = article.body as Body
  const lead = leadBefore(article)
  const parts = lead === null ? [] : [picture(shown.get(lead)!)]
  let from = 0
  for (const [i, block] of blocks.entries()) {
    if (block._type !== 'image') continue
    if (i > from) parts.push((await write(blocks.slice(from, i), 'markdown', media)) as string)
    parts.push(picture(shown.get(block.mediaId)!))
    from = i + 1
  }
  if (from < blocks.length) parts.push((await write(blocks.slice(from), 'markdown', media)) as string)
  return parts
}

/** A picture with its caption below; a video or recording as a link. */
function picture(media: Media): string {
  const { kind, url, alt } = media
  const caption = captionOf(media)
  const below = caption && `*${words(caption)}*`
  if (url === null) return below
  const target = targetOf({ href: url })
  const file = kind === 'image' ? `![${words(alt ?? '')}](${target})` : `[${words(alt ?? kind)}](${target})`
  return [file, below].filter(Boolean).join('\n\n')
}

async function voicesOf(article: Article): Promise<string[]> {
  const sources = new Map(article.sources.map((one) => [one.id, one]))
  const all = await statements(article)
  if (all.length === 0) return []
  const items = all.map(({ words: said, kind, attributions }, i) => {
    const chains = attributions.flatMap((one) =>
      stepsOf(one, sources).map(({ who, how, url }) => `    - **${words(who)}:** ${link(how, url)}`)
    )
    return [`${i + 1}.  “${words(said)}” (${kindNames[kind]})`, ...chains].join('\n')
  })
  return ['## Who said what', items.join('\n')]
}
