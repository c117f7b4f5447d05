// What the tags of HTML mean to a story.
import type { TextLine } from './lines.ts'

const dropped = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE NAV ASIDE HEAD TITLE FORM BUTTON SELECT TEXTAREA IFRAME SVG OBJECT CANVAS DIALOG'.split(
    ' '
  )
)
const blocks = new Set(
  'P DIV SECTION ARTICLE HEADER FOOTER MAIN UL OL LI TABLE CAPTION TR TD TH DL DT DD FIGURE FIGCAPTION ADDRESS CENTER PRE H1 H2 H3 H4 H5 H6 BLOCKQUOTE HR DETAILS SUMMARY'.split(
    ' '
  )
)
/** The style each tag gives to its text: h1 is the headline's, so that a heading of the story is h2 at most. */
export const styles: Record<string, TextLine['style']> = {
  H1: 'h2',
  H2: 'h2',
  H3: 'h3',
  H4: 'h4',
  H5: 'h4',
  H6: 'h4',
  BLOCKQUOTE: 'blockquote'
}
export const decorators: Record<string, string> = {
  STRONG: 'strong',
  B: 'strong',
  EM: 'em',
  I: 'em',
  U: 'underline',
  S: 'strike',
  STRIKE: 'strike',
  DEL: 'strike',
  CODE: 'code'
}
const commentClasses = ['comment', 'comments', 'comment-list', 'comments-list']
/** Where a page keeps what readers wrote. */
const isComments = (element: Element) =>
  /^(?:comments|disqus_thread)$/.test(element.id) ||
  commentClasses.some((name) => element.classList.contains(name))

/** What is no part of a story. */
export const isDropped = (element: Element) =>
  dropped.has(element.tagName.toUpperCase()) || element.hasAttribute('hidden') || isComments(element)

/** Whether the tag stands on lines of its own. */
export const isBlock = (tag: string) => blocks.has(tag)
