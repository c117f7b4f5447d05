// Notices that something was wrong.
import type { Correction } from '../index.ts'
import { type Element, element, type View } from './markup.ts'

function notice({ words }: View, { id, kind, text, was, now, publishedAt }: Correction): Element {
  const date = publishedAt ? [' ', element('time', { datetime: publishedAt }, publishedAt.slice(0, 10))] : []
  const parts = [
    ...(was ? [element('dt', {}, words.was), element('dd', {}, element('del', {}, was))] : []),
    ...(now ? [element('dt', {}, words.now), element('dd', {}, element('ins', {}, now))] : [])
  ]
  return element(
    'li',
    { 'data-correction': id, 'data-kind': kind },
    element('p', {}, element('strong', {}, words[kind]), ...date),
    element('p', {}, text),
    ...(parts.length > 0 ? [element('dl', {}, ...parts)] : [])
  )
}

/** The corrections of a story; undefined without any. */
export function correctionsMarkup(view: View): Element | undefined {
  const { corrections } = view.story
  if (corrections.length === 0) return undefined
  return element('ul', { 'data-corrections': '' }, ...corrections.map((one) => notice(view, one)))
}
