import t from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { app } from '../support/app.ts'

/** Behind a comment, HTML is not simple: it is read by the parser of all that may stand in a page. */
const notSimple = (html: string) => `${html}<!-- -->`

const documents = [
  '',
  ' \n ',
  ' The board agreed.',
  '\n<p>The <em>board</em> agreed.</p>\n\n<h2>Late</h2>\n<p>No.</p>\n',
  '<p>One.<br>Two.<br />Three <a href="https://paper.example/1" title="x < y">more</a></p>',
  '<ul>\n<li>One</li><li>Two <ol><li><b><i>Three</i></b></li></ol></li></ul>',
  '<blockquote class="a b"\n id="c"><p>“It burns,” said 😀.</p><div><p>And so on.</p></div></blockquote>',
  // Simple at the first look.
  '\ufeff<p>Late.</p>',
  '<p>Fish &amp; boats.</p>',
  '<p>One\r\ntwo.</p>',
  '<p>One.',
  '<p>One.</div><p>Two.',
  '</p>Late.</body>',
  '<p>One.</p class="a">',
  '<p>One</p/>',
  '<p/>One.',
  '<p>One<p>Two</p></p>',
  '<p>One <ul><li>Two</li></ul></p>',
  '<h2><h3>Late</h3></h2>',
  '<div><li>One</li></div>',
  '<ul><li>One<li>Two</li></li></ul>',
  '<body><p>One.</p></body>',
  '<b>One <b>two</b></b>',
  '<a href="https://paper.example/1">One <a href="https://paper.example/2">two</a></a>',
  '<p class="a" class="b">One.</p>',
  '<p class=a>One.</p>',
  '<P>One.</P>',
  '<p>One < two</p>',
  '<p>One.</p',
  '<table><tr><td>One</td></tr></table>',
  '<pre>\nOne\n</pre>',
  '<script>One</script>',
  `<p ${Array.from({ length: 17 }, (_, i) => `data-${'x'.repeat(i + 1)}="1"`).join(' ')}>One.</p>`,
  `${'<div>'.repeat(20)}One.${'</div>'.repeat(20)}`,
  `<p>${'<br>'.repeat(100_001)}</p>`
]

t.test('HTML that is simple is read as the standard says, as all other is', async (t) => {
  const { post } = await app(t)
  const read = async (html: string) => {
    const made = await post('/v1/articles', { title: 'Late ferry', body: { html } })
    const { body, warnings } = made.json<DraftArticle & { warnings?: unknown }>()
    return { status: made.status, body, warnings }
  }
  for (const html of documents)
    t.same(await read(html), await read(notSimple(html)), JSON.stringify(html.slice(0, 100)))
})
