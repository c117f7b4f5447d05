// From which words the credit of a picture was read.
import type { Media } from '../pictures/media.ts'
import { type Evidence, excerpt } from './evidence.ts'

/** The evidence of the credits of a picture. One at the end of a caption was guessed to be one. */
export function creditEvidence({ key, credits = [], creditRule = 'caption' }: Media): Evidence[] {
  return credits.map(({ creditLine }) => ({
    kind: 'credit',
    key,
    readFrom: excerpt(creditLine),
    rule: creditRule,
    confidence: creditRule === 'caption' ? 'medium' : 'high'
  }))
}
