// The comments below an article, and the form that the reader's browser sends itself (assets/comments.js).
import type { Comment } from '../../../discussion/comments/schema.ts'
import { html } from '../../../formats/markup/html.ts'
import { date } from '../../../formats/markup/phrases.ts'
import { older } from '../layout.ts'
import type { ListPage } from '../read.ts'

function comment(
  { id, depth, author, body, createdAt, editedAt, parentId }: Comment,
  names: Map<string, string>
) {
  const parent = parentId === null ? undefined : names.get(parentId)
  return html`<li id="${id}" class="depth-${depth}"><p class="meta"><b>${author.name || 'Deleted'}</b>${parent && html` in answer to <a href="#${parentId}">${parent}</a>`} · ${date(createdAt)}${editedAt && ', edited'}</p>
<p class="words" dir="auto">${body || 'This comment was deleted.'}</p><button type="button" class="reply" data-reply="${id}" hidden>Answer<span class="hidden"> ${author.name}</span></button></li>`
}

/** The thread of an article. */
export function thread(articleId: string, { items, next }: ListPage<Comment>) {
  const names = new Map(items.map(({ id, author }) => [id, author.name]))
  return html`<section class="narrow comments" id="comments" aria-labelledby="comments-title" data-article="${articleId}">
<h2 id="comments-title">Comments</h2>
${items.length === 0 && html`<p class="none">Nobody has answered yet.</p>`}
<ol>${items.map((one) => comment(one, names))}</ol>${older(next)}
<noscript><p>To answer, let this page run its script: it asks the service for a form.</p></noscript>
<form class="answer" hidden>
<h3 id="answer-title">Answer this story</h3>
<p class="to" hidden><span></span> <button type="button" class="whole">Answer the story instead</button></p>
<p><label for="name">Your name</label><input id="name" name="name" autocomplete="nickname" maxlength="100" required></p>
<p><label for="words">Your comment</label><textarea id="words" name="body" rows="6" maxlength="10000" required></textarea></p>
<p class="trap" aria-hidden="true"><label for="website">Leave this empty</label><input id="website" name="website" tabindex="-1" autocomplete="off"></p>
<p><button>Send</button></p>
</form>
<p class="told" role="status"></p>
</section>`
}
