// From which words the credit of a picture was read.
import type { Media } from '../pictures/media.ts'
import { type Evidence, excerpt } from './evidence.ts'

/** The evidence of the credits of a picture. Those that no element keeps apart were guessed to be one. */
export function creditEvidence({ key, credits = [], isCreditApart }: Media): Evidence[] {
  return credits.map(({ creditLine }) => ({
    kind: 'credit',
    key,
    readFrom: excerpt(creditLine),
    rule: isCreditApart ? 'credit-element' : 'caption',
    confidence: isCreditApart ? 'high' : 'medium'
  }))
}
