// A saved news page, read into the story it tells: a proposal for an editor.
import type { NewStory } from '../../content/articles/schema.ts'
import type { Warning } from '../../http/schemas.ts'
import { creditEvidence } from '../evidence/credits.ts'
import type { Evidence } from '../evidence/evidence.ts'
import { readHtml } from '../page/html.ts'
import { type Page, storable, Unreadable } from '../page/lines.ts'
import { partsOf } from '../page/parts.ts'
import { readText } from '../page/text.ts'
import { readSpeech } from '../speech/words.ts'
import { bodyOf } from './body.ts'

export type { Warning }
export { Unreadable }

export interface Proposal {
  story: NewStory
  warnings: Warning[]
  evidence: Evidence[]
}

const readers: Record<'text/plain' | 'text/html', (content: string) => Page> = {
  'text/plain': readText,
  'text/html': readHtml
}
const maxWarnings = 1000

/** The story a saved news page tells, as a proposal for an editor. Throws Unreadable when there is nothing to read. */
export function readPage(content: string, mediaType: 'text/plain' | 'text/html'): Proposal {
  const warnings: Warning[] = []
  let left = 0
  const warn = (warning: Warning) => void (warnings.length < maxWarnings ? warnings.push(warning) : left++)
  const page = readers[mediaType](storable(content))
  const { title, origin, media, items, ...parts } = partsOf(page, warn)
  if (title === undefined) throw new Unreadable('no_headline', 'The page has no headline.')
  if (items.length + media.length === 0)
    throw new Unreadable('no_text', 'The page has no text below its headline.')
  if (page.language === undefined) {
    warn({
      code: 'language-unknown',
      detail: 'The page does not say its language.',
      words: '',
      pointer: '/language'
    })
  }
  const story: NewStory = {
    title,
    ...parts,
    language: page.language ?? 'und',
    ...(Object.keys(origin).length > 0 && { origin }),
    ...(media[0] && { leadMediaId: media[0].key }),
    media: media.map(({ creditRule: _, ...file }) => file)
  }
  const { evidence, ...words } = readSpeech(bodyOf(items, warn), warn, { language: page.language })
  const detail = `There are ${left} more: only the first ${maxWarnings} are told one by one.`
  if (left > 0) warnings.push({ code: 'more-warnings', detail, words: '' })
  return {
    story: { ...story, ...words },
    warnings,
    evidence: [...evidence, ...media.flatMap(creditEvidence)]
  }
}
