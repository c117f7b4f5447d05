// What a role or a title says of the person who has it.
import type { Clause } from './clause.ts'
import type { Gender } from './speakers.ts'

/** "Direktorin": what a role's ending says of who has it. */
export function genderOf(
  title: string,
  { lexicon, tokens }: Clause,
  noun: number,
  nameStart: number
): Gender | undefined {
  if (/\b(?:Mrs|Ms|Miss|Mme|Frau|Sra|Lady|Dame|Queen|Princess|Sister)\b|woman\b/i.test(title)) return 'she'
  if (/\b(?:Mr|Sir|Lord|King|Prince|Herr|Monsieur|Father|Brother)\b|(?<!wo)man\b/.test(title)) return 'he'
  const { feminine, masculine } = lexicon.language
  const role = tokens.slice(noun, nameStart).findLast((token) => lexicon.people.test(token.lower))?.lower
  if (role === undefined) return undefined
  if (feminine?.test(role)) return 'she'
  return masculine?.test(role) ? 'he' : undefined
}
