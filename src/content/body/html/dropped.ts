// What of a piece of HTML is no part of a story, and what is said of the words that are lost with it.

import type { ReaderState } from './context.ts'
import { isHidden } from './css.ts'
import { isListMarker } from './ms-word.ts'
import { boilerplate, controls, fallbacks, wordless } from './tags.ts'
import { classesOf, type Element, elementsIn, wordsIn } from './tree.ts'

export const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text)

/** Whether the element is no part of the story; what words are lost is reported. */
export function isDropped<Picture>({ settings, report }: ReaderState<Picture>, element: Element): boolean {
  const { tag } = element
  const lost = (code: string, why: string) => {
    const words = visibleWords(element)
    if (hasWords(words)) report(code, why, words)
    return true
  }
  if (wordless.has(tag) || /^(?:w:|o:(?!p$))/.test(tag) || isListMarker(element)) return true
  if (tag === 'svg') {
    const drawn = elementsIn(element).filter(({ element: { tag } }) => /^(?:text|foreignObject)$/.test(tag))
    const words = drawn.map(({ element }) => wordsIn(element)).join(' ')
    if (hasWords(words))
      report('drawing-dropped', 'A drawing is no part of a story: its words are not either.', words)
    return true
  }
  // Word ends every paragraph with one, so that none is empty.
  if (tag === 'o:p' && wordsIn(element).trim() === '') return true
  if (controls.has(tag)) return lost('control-dropped', `What stands in <${tag}> is no part of a story.`)
  if (fallbacks.has(tag))
    return lost('fallback-dropped', `What stands in <${tag}> is shown in place of something else.`)
  if (tag === 'title') return lost('title-dropped', 'The title of a document is no part of its body.')
  if (isHidden(element)) return lost('hidden-dropped', 'A browser does not show this.')
  return settings.page && (boilerplate.has(tag) || isComments(element))
}

/** The words in an element. To a browser that runs scripts the tags in these are text. */
const visibleWords = (element: Element) =>
  /^no/.test(element.tag) ? wordsIn(element).replace(/<[^<>]*>/g, ' ') : wordsIn(element)

const commentClasses = ['comment', 'comments', 'comment-list', 'comments-list']
/** Where a page keeps what readers wrote. */
const isComments = (element: Element) =>
  /^(?:comments|disqus_thread)$/.test(element.attributes.id ?? '') ||
  classesOf(element).some((name) => commentClasses.includes(name))
