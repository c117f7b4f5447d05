// An article as plain text, for e-mail, reading aloud and whatever knows no markup.
import { setImmediate } from 'node:timers/promises'
import type { Article } from '../../content/articles/schema.ts'
import type { Body, TextBlock } from '../../content/body/schema.ts'
import { writtenOf } from '../../content/body/shifted.ts'
import { plainText as wordsOf } from '../../content/body/text.ts'
import type { Media } from '../../content/media/schema.ts'
import { kindNames, statements } from '../markup/voices.ts'
import { leadBefore } from './lead.ts'
import { captionOf, correctionText, correctionTitle, creditLine, stepsOf } from './words.ts'

/** The story, its credits, what was corrected and who said what. */
export async function plainText(article: Article): Promise<Buffer> {
  const { title, dek, body, media, corrections, retracted, origin } = article
  const shown = new Map(media.map((one) => [one.id, one]))
  const lead = shown.get(leadBefore(article) ?? '')
  const numbers = numbersOf(body as Body)
  const story = (body as Body).map((block, i) => blockText(block, shown, numbers[i]!))
  await setImmediate()
  const parts = [
    title.toUpperCase(),
    retracted && 'THIS STORY IS RETRACTED.',
    dek,
    creditLine(article),
    lead && pictureText(lead),
    ...story,
    origin?.publisher && `First published by ${origin.publisher}.${origin.url ? ` ${origin.url}` : ''}`,
    corrections.length > 0 && 'WHAT WAS CORRECTED',
    ...corrections.map((one) => `${correctionTitle(one)}: ${correctionText(one)}`),
    ...(await voicesOf(article))
  ]
  return Buffer.from(`${parts.filter(Boolean).join('\n\n')}\n`)
}

const pictureText = (media: Media) =>
  `[${kinds[media.kind]}: ${captionOf(media) || media.alt || 'no caption'}]`
const kinds = { image: 'Picture', video: 'Video', audio: 'Recording', document: 'Document' }

/** For each block, its number where it is an item of a numbered list. */
function numbersOf(blocks: Body): number[] {
  let counts: number[] = []
  return blocks.map((block) => {
    const { listItem, level = 1, start }: Partial<TextBlock> = block._type === 'block' ? block : {}
    const number = start ?? (counts[level] ?? 0) + 1
    // What follows on a level above ends the lists below it.
    if (listItem === undefined) counts = []
    else counts.length = listItem === 'number' ? level + 1 : level
    if (listItem === 'number') counts[level] = number
    return number
  })
}

function blockText(block: Body[number], shown: Map<string, Media>, number: number): string {
  if (block._type === 'image') return pictureText(shown.get(block.mediaId)!)
  if (block._type === 'embed') return block.url
  if (block._type === 'rule') return '* * *'
  if (block._type !== 'block') return wordsOf([block])
  const words = writtenOf(block)
  if (block.listItem === undefined) return words
  const indent = '  '.repeat((block.level ?? 1) - 1)
  return `${indent}${block.listItem === 'number' ? `${number}.` : '-'} ${words}`
}

async function voicesOf(article: Article): Promise<string[]> {
  const sources = new Map(article.sources.map((one) => [one.id, one]))
  const all = await statements(article)
  if (all.length === 0) return []
  const items = all.map(({ words, kind, attributions }, i) => {
    const chains = attributions.map((one) =>
      stepsOf(one, sources)
        .map(({ who, how, url }) => `   - ${who}: ${how}${url ? ` <${url}>` : ''}`)
        .join('\n')
    )
    return [`${i + 1}. "${words}" (${kindNames[kind]})`, ...chains].join('\n')
  })
  return ['WHO SAID WHAT', ...items]
}
