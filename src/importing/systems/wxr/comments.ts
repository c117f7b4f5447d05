// The comments of a post.
import type { CommentItem, Loss } from '../item.ts'
import { commentText, instantOf, plainOf } from '../text.ts'
import { type Element, textOf } from '../xml/element.ts'
import { unreadCommentMeta } from './terms.ts'

const states: Record<string, CommentItem['state']> = {
  '1': 'approved',
  approve: 'approved',
  '0': 'pending',
  hold: 'pending',
  spam: 'spam',
  trash: 'trash',
  'post-trashed': 'trash'
}

/** Comments, the older first, so that each comes after what it answers; links from other sites are told of. */
export function* commentsOf(item: Element, articleId: string, where: string): Generator<CommentItem | Loss> {
  const found = item.children.filter(({ name }) => name === 'wp:comment')
  const ids = new Map(found.map((one) => [textOf(one, 'wp:comment_id').trim(), one]))
  const depth = (one: Element, seen = 0): number => {
    const parent = ids.get(textOf(one, 'wp:comment_parent').trim())
    return parent === undefined || parent === one || seen > 100 ? 0 : 1 + depth(parent, seen + 1)
  }
  const sorted = found
    .map((one) => ({ one, depth: depth(one), id: Number(textOf(one, 'wp:comment_id')) }))
    .sort((a, b) => a.depth - b.depth || a.id - b.id)
  for (const { one } of sorted) {
    const id = textOf(one, 'wp:comment_id').trim()
    const place = `${where}, comment ${id}`
    const type = textOf(one, 'wp:comment_type')
    if (/^(?:pingback|trackback)$/.test(type)) {
      const reason = `A ${type} is a link from another site, and no comment.`
      yield {
        kind: 'loss',
        place,
        code: 'pingback',
        reason,
        words: textOf(one, 'wp:comment_author_url').slice(0, 300)
      }
      continue
    }
    const { text, losses } = commentText(textOf(one, 'wp:comment_content'), place)
    yield* losses
    yield* unreadCommentMeta(one, place)
    const parentId = textOf(one, 'wp:comment_parent').trim()
    yield {
      kind: 'comment',
      ...{ place, id, articleId },
      ...(parentId !== '' && parentId !== '0' && { parentId }),
      author: plainOf(textOf(one, 'wp:comment_author')),
      state: states[textOf(one, 'wp:comment_approved').trim()] ?? 'pending',
      at:
        instantOf(textOf(one, 'wp:comment_date_gmt')) ??
        instantOf(textOf(one, 'wp:comment_date')) ??
        '1970-01-01T00:00:00.000Z',
      text
    }
  }
}
