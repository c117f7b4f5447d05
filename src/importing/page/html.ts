// A news page saved as HTML.
import { type Limits, treeOf } from '../../content/body/html/parse.ts'
import type { Element } from '../../content/body/html/tree.ts'
import { isLine } from '../../content/body/pieces.ts'
import type { HeadlineContext } from '../metadata/around-headline.ts'
import { objectsIn } from '../metadata/jsonld.ts'
import { baseOf, metadataOf } from '../metadata/metadata.ts'
import { addressKey } from '../pictures/address-key.ts'
import { leadPictureIn } from '../pictures/leads.ts'
import { statedTerms } from '../pictures/stated-terms.ts'
import { type Document, documentOf } from './document.ts'
import { isComments } from './element-kinds.ts'
import { linesOf } from './elements.ts'
import { leadParagraphOf } from './lead-paragraph.ts'
import { type Line, type Loss, type Page, type Picture, type StatedTerms, Unreadable } from './lines.ts'
import { findMainContent, type MainContent } from './main-content.ts'
import { linesInJson, templateIn } from './scripted-content.ts'
import { withWordsOfJsonLd } from './story-in-jsonld.ts'

const limits: Limits = { elements: 20_000, depth: 500, attributes: 2000 }
/** A body that holds less of the prose of its page is told of. */
const minShareOfProse = 0.4
/** A body of fewer characters is looked for elsewhere on the page as well. */
const shortBody = 1500

/** The page: what it says about itself, and its story where its prose is. */
export function readHtml(content: string): Page {
  const root = parse(content)
  const document = documentOf(root)
  const base = baseOf(document)
  const chosen = withWordsOfJsonLd(root, document.elements, findMainContent(root))
  const { near, ...about } = metadataOf(document, chosen.story)
  const read = withLeadParagraph(completed(chosen, document, base), document, {
    near,
    story: chosen.story,
    base
  })
  const terms = statedTerms(objectsIn(document.elements), base)
  const lead = leadPictureIn(near, chosen.story, base, terms)
  const comments = document.elements.find(isComments)
  const { lines, losses } = lead ? withLeadPicture(read, lead) : read
  return {
    ...about,
    lines: terms.size > 0 ? lines.map((line) => withTerms(line, terms)) : lines,
    losses,
    comments: comments ? commentLines(comments, base) : []
  }
}

/** The lines with the paragraph that stands between headline and story, behind the byline and the date. */
function withLeadParagraph(
  { lines, losses }: ReadLines,
  document: Document,
  { near, story, base }: { near: HeadlineContext; story: Element; base: string | undefined }
): ReadLines {
  const lead = leadParagraphOf(document, near.headline, story, lines)
  if (!lead) return { lines, losses }
  const element = /^h[1-6]$/.test(lead.tag) ? { ...lead, tag: 'p' } : lead
  const own = linesOf(
    { tag: 'div', attributes: {}, children: [element] },
    { base, isLeftOut: () => false }
  ).lines
  const first = lines.findIndex((line) => isLine(line) && line.text.length >= shortestParagraph)
  const at = Math.max(0, first)
  return {
    lines: [...lines.slice(0, at), ...own, ...lines.slice(at)],
    losses: losses.map((loss) => ((loss.line ?? -1) < at ? loss : { ...loss, line: loss.line! + own.length }))
  }
}

/** Shorter lines before a story are its byline and its date. */
const shortestParagraph = 80

/** The lines with the picture that stands above them, where it is not among them. */
function withLeadPicture({ lines, losses }: ReadLines, lead: Picture): ReadLines {
  if (lines.some((line) => line._type === 'image' && isSame(line.picture, lead))) return { lines, losses }
  return {
    lines: [{ _type: 'image', picture: lead }, ...lines],
    losses: losses.map((loss) => (loss.line === undefined ? loss : { ...loss, line: loss.line + 1 }))
  }
}

/** A picture with what the page says of it elsewhere. */
function withTerms(line: Line, terms: Map<string, StatedTerms>): Line {
  const stated = line._type === 'image' && terms.get(addressKey(line.picture.url))
  return stated ? { ...line, picture: { ...line.picture, terms: stated } } : line
}

const isSame = (picture: Picture, other: Picture) =>
  picture.url === other.url || (picture.caption !== undefined && picture.caption === other.caption)

// Where a word may be broken: no part of it.
const softHyphen = /&(?:shy|#173|#[xX]0*[aA][dD]);/g

type ReadLines = ReturnType<typeof linesOf>

/** The lines of the story; where the page shows little of it, those that it keeps for its scripts. */
function completed(
  { story, isLeftOut, measures, prose, words }: MainContent,
  { elements }: Document,
  base: string | undefined
): ReadLines {
  const read = linesOf(story, { base, isLeftOut, measures })
  const length = lengthOf(read.lines)
  const incomplete: Loss = {
    code: 'body-incomplete',
    detail:
      'The page shows less of its story than it holds, or its story is in several places: look whether parts are missing.',
    words: ''
  }
  if (length < shortBody) {
    const template = templateIn(elements)
    const inJson = { lines: linesInJson(elements), losses: [] }
    const kept = [inJson, ...(template ? [readTemplate(template, base)] : [])]
    const longest = kept.sort((a, b) => lengthOf(b.lines) - lengthOf(a.lines))[0]!
    if (lengthOf(longest.lines) > 2 * length + 200)
      return { lines: longest.lines, losses: [...longest.losses, incomplete] }
    // What its names would leave out is all there is.
    if (read.lines.length === 0) return linesOf(story, { base, isLeftOut: () => false })
  }
  // Of little prose, all words that are no links count.
  const isLittle = length < shortBody / 2 && length * 5 < words
  if (isLittle || (measures.get(story)?.prose ?? 0) < prose * minShareOfProse) read.losses.push(incomplete)
  return read
}

function readTemplate(html: string, base: string | undefined): ReadLines {
  const { story, isLeftOut, measures } = findMainContent(parse(html))
  return linesOf(story, { base, isLeftOut, measures })
}

const lengthOf = (lines: Line[]) => lines.filter(isLine).reduce((sum, { text }) => sum + text.length, 0)

const commentLines = (element: Element, base: string | undefined): Line[] =>
  linesOf({ ...element, attributes: {} }, { base, isLeftOut: () => false }).lines

const parse = (html: string): Element =>
  treeOf(html.replaceAll('\u00ad', '').replace(softHyphen, ''), limits, (limit) => {
    if (limit === 'depth')
      return new Unreadable('too_deep', `The page nests deeper than ${limits.depth} elements.`)
    const most =
      limit === 'elements' ? `${limits.elements} elements` : `${limits.attributes} attributes in an element`
    return new Unreadable('too_large', `The page has more than ${most}.`)
  })
