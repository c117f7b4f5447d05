// The words of a body, and where each begins and ends, are those of the blocks that are stored, whatever it is written in.
import fc from 'fast-check'
import t from 'tap'
import { normalize } from '../../src/content/body/normalize.ts'
import { read } from '../../src/content/body/read.ts'
import type { Body, NewBody } from '../../src/content/body/schema.ts'
import { plainText } from '../../src/content/body/text.ts'
import type { Warning } from '../../src/http/schemas.ts'
import { app } from '../support/app.ts'
import { runs, seed } from '../support/generator-settings.ts'
import { bodies } from './generated-bodies.ts'
import { htmls, markdowns, plains, wordsOf, wordsOfHtml, wordsOfMarkdown } from './generated-markup.ts'

/** Readers of Markdown differ in which asterisks are signs of emphasis: where one is left, a word may go on. */
const unsigned = (text: string) => text.replaceAll('*', '')

/** The words that are stored: `body=text` sets signs between words and what is raised, such as x^(n+1). */
const storedWords = (body: Body) =>
  wordsOf(
    unsigned(
      plainText(
        JSON.parse(JSON.stringify(body), (key, value) =>
          key === 'marks' ? value.filter((mark: string) => mark !== 'sup' && mark !== 'sub') : value
        )
      )
    )
  )

/** What of the words is not in the body and not told, and what is in it that nobody wrote. */
function difference(words: string[], body: Body, warnings: Warning[]) {
  const dropped = warnings
    .filter(({ code }) => /^(?:control|fallback|title|hidden|embed|drawing|definition)-dropped$/.test(code))
    .map(({ words }) => words)
  const told = dropped.map((words) => words.replace(/[^\p{L}\p{N}\p{M}]+/gu, '')).join(' ')
  // A warning has the first 300 characters.
  const isCut = dropped.some(({ length }) => length >= 299)
  const kept = storedWords(body)
  const left = [...kept]
  const lost = words.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at < 0 && !(isCut || word.match(/.\d+x|./gu)!.every((part) => told.includes(part)))
  })
  return { lost, added: left, kept }
}

/** The words that others have too, but those that stand in several places. */
const ordered = (words: string[], others: string[]) =>
  words
    .filter((word) => [words, others].every((all) => all.filter((one) => one === word).length === 1))
    .join()

/** The words of a body as its reader sees them. */
function wordsIn(body: NewBody): string[] {
  if (Array.isArray(body)) return storedWords(normalize(body))
  if ('html' in body) return wordsOfHtml(body.html)
  return 'markdown' in body ? wordsOfMarkdown(body.markdown) : wordsOf(unsigned(body.text))
}

const forms: Record<string, fc.Arbitrary<NewBody>> = {
  HTML: htmls.map((html) => ({ html })),
  Markdown: markdowns.map((markdown) => ({ markdown })),
  'plain text': plains.map((text) => ({ text })),
  'Portable Text': bodies
}

for (const [form, sent] of Object.entries(forms)) {
  t.test(`no word of ${form} is lost or run together with another`, (t) => {
    fc.assert(
      fc.property(sent, (body) => {
        const words = wordsIn(body)
        const { body: stored, warnings } = read(body)
        const { lost, added, kept } = difference(words, stored, warnings)
        if (lost.length + added.length > 0)
          throw new Error(
            `lost: ${lost}; added: ${added}; kept: ${kept}; warned: ${JSON.stringify(warnings)}`
          )
        // What stands loose in a table, a browser shows before it.
        const inOrder =
          JSON.stringify(body).includes('<table') || ordered(words, kept) === ordered(kept, words)
        if (!inOrder) throw new Error(`not in order: ${kept}`)
      }),
      { numRuns: runs, seed }
    )
    t.end()
  })
}

t.test('what is stored over HTTP has the words that were sent', async (t) => {
  const { post } = await app(t)
  for (const [form, sent] of Object.entries(forms)) {
    for (const body of fc.sample(sent, { numRuns: 5, seed })) {
      const answer = await post('/v1/articles', { title: 'T', section: 's', body })
      if (answer.status !== 201) {
        t.equal(answer.status, 422, `${form}: ${answer.body}`)
        continue
      }
      const { body: stored, warnings = [] } = answer.json<{ body: Body; warnings?: Warning[] }>()
      const { lost, added } = difference(wordsIn(body), stored, warnings)
      t.strictSame([lost, added], [[], []], JSON.stringify(body))
    }
  }
})
