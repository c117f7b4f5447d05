// The names of the rules by which records are read off a page, and of how sure that is.

/** How records are read. The document of the API explains each. */
export const rules = [
  'cue-before',
  'cue-after',
  'according-to',
  'block-quote',
  'speaker-carried',
  'reported-speech',
  'named-speaker',
  'described-speaker',
  'outlet-told',
  'credit-element',
  'caption',
  'structured-data'
] as const
export type Rule = (typeof rules)[number]

/** `high`: the page says so in as many words; `medium`: one thing was guessed; `low`: it may well be otherwise. */
export const confidences = ['high', 'medium', 'low'] as const
export type Confidence = (typeof confidences)[number]
