// What the tags of HTML mean to a story: one table for bodies as HTML, for the HTML in Markdown, and for imported pages.
import type { Decorator, Style } from '../pieces.ts'

const names = (list: string) => new Set(list.split(' '))

/** What holds no words for a reader. */
export const wordless = names(
  'script style template meta link base xml area param source track colgroup col rp frameset'
)
/** What a reader works with, instead of reading it. */
export const controls = names(
  'button select textarea input label datalist output progress meter option optgroup'
)
/** What of a page is not its story. */
export const boilerplate = names('nav aside form dialog iframe object embed')
/** What is shown where a browser cannot, or may not, show something else. */
export const fallbacks = names('noscript noframes noembed canvas')

/** What stands on lines of its own. */
export const blocks = names(
  'html body p div section article header footer main nav aside form fieldset legend dialog search ul ol menu dir li table caption thead tbody tfoot tr td th dl dt dd figure figcaption address center pre listing h1 h2 h3 h4 h5 h6 hgroup blockquote hr details summary title'
)
/** Blocks that are one paragraph, in which two line breaks are two line breaks. */
export const paragraphs = names('p h1 h2 h3 h4 h5 h6 li dt dd td th caption blockquote figcaption summary')

/** The title of an article is its only h1, and four levels are enough for a story. */
export const styles: Partial<Record<string, Style>> = {
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h4',
  h6: 'h4',
  blockquote: 'blockquote'
}

/** As the style sheet of the HTML standard shows them. */
export const marks: Partial<Record<string, Decorator>> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  cite: 'em',
  dfn: 'em',
  var: 'em',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  sup: 'sup',
  sub: 'sub'
}

const english = '“”‘’'
/** The quotation marks around `q`, outer and inner: as in the style sheet of the HTML standard. */
const quotationMarks: Record<string, string> = {
  bg: '„“„“',
  cs: '„“‚‘',
  da: '“”‘’',
  de: '„“‚‘',
  el: '«»“”',
  es: '«»“”',
  et: '„“«»',
  fi: '””’’',
  fr: '«»«»',
  hr: '„”‚’',
  hu: '„”»«',
  is: '„“‚‘',
  it: '«»“”',
  ja: '「」『』',
  lt: '„“„“',
  nl: '‘’“”',
  nb: '«»‘’',
  nn: '«»‘’',
  no: '«»‘’',
  pl: '„”«»',
  pt: '«»“”',
  ro: '„”«»',
  ru: '«»„“',
  sk: '„“‚‘',
  sl: '„“‚‘',
  sv: '””’’',
  uk: '«»„“',
  zh: '“”‘’'
}

/** The quotation marks of a language at this depth of quotes in quotes. */
export function quotationMarksOf(language: string | undefined, depth: number): [open: string, close: string] {
  const set = quotationMarks[(language ?? 'en').toLowerCase().split('-')[0]!] ?? english
  const at = depth % 2 === 0 ? 0 : 2
  return [set[at]!, set[at + 1]!]
}
