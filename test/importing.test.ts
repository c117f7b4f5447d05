import t from 'tap'
import { type Anchor, claimAnchor, quoteAnchor, standsAt } from '../src/body/anchors.ts'
import type { Body, TextBlock } from '../src/body/schema.ts'
import { textOf } from '../src/body/text.ts'
import { type Proposal, readPage, Unreadable } from '../src/importing/page.ts'

const bodyOf = ({ story }: Proposal) => story.body as Body
const lines = (proposal: Proposal) =>
  bodyOf(proposal).map((block) =>
    block._type === 'block' ? `${block.style}: ${textOf(block as TextBlock)}` : block._type
  )
const codes = ({ warnings }: Proposal) => warnings.map(({ code }) => code)

type Hops = NonNullable<NonNullable<Proposal['story']['attributions']>[number]>['hops']

/** The chain as people read it: "Tide Wire reported < one pilot told". */
const chain = ({ story }: Proposal, hops: Hops) =>
  hops
    .map(({ sourceId, unnamed, relation }) => {
      const name = unnamed?.description ?? story.sources?.find(({ key }) => key === sourceId)?.name
      return `${name} ${relation}`
    })
    .join(' < ')

/** Every quote and claim of a story as "kind: words | chain". */
function said(text: string) {
  const proposal = readPage(`Harbour news\n\n${text}`, 'text/plain')
  const { quotes = [], attributions = [] } = proposal.story
  const stands = (anchor: Anchor, words: string) => t.ok(standsAt(bodyOf(proposal), anchor, words), words)
  for (const { key, text } of quotes) stands(quoteAnchor(key!), text)
  for (const { key, claim } of attributions) stands(claimAnchor(key!), claim)
  return [
    ...quotes.map((quote) => {
      const kind = quote.display === 'block' ? 'block' : quote.kind
      return `${kind}: ${quote.text} | ${chain(proposal, quote.attributions![0]!.hops)}`
    }),
    ...attributions.map(({ claim, hops }) => `claim: ${claim} | ${chain(proposal, hops)}`)
  ]
}

t.test('a quote is read with its speaker', async (t) => {
  const patterns: [string, ...string[]][] = [
    [
      '“We have painted every buoy,” said Nell Fathom, a spokeswoman for former Mayor Otto Brine.',
      'direct: We have painted every buoy | Nell Fathom said'
    ],
    [
      '“The lock is dry,” Fathom said. “Nobody fell in.”',
      'direct: The lock is dry ... Nobody fell in. | Fathom said'
    ],
    ['“When the tide turns,” he said, “we leave.”', 'direct: When the tide turns ... we leave. | he said'],
    [
      '“It was foggy,” recalled Nell Fathom, who has kept the light since 1987.',
      'direct: It was foggy | Nell Fathom said'
    ],
    ['Mayor Otto Brine said, “The dock is full.”', 'direct: The dock is full. | Otto Brine said'],
    ['Otto Brine told reporters: “The dock is full.”', 'direct: The dock is full. | Otto Brine told'],
    [
      '“Nobody wants the old crane,” one port authority official told the Tide Wire in March.',
      'direct: Nobody wants the old crane | Tide Wire reported < one port authority official told'
    ],
    [
      'A person close to the builders, who was not authorized to speak publicly, said the crane was “as good as sold.”',
      'mixed: as good as sold. | A person close to the builders said'
    ],
    ['Fathom called the crane “a rusty giraffe.”', 'mixed: a rusty giraffe. | Fathom said'],
    [
      '“We wrote the report ourselves,” the company said in a statement.',
      'direct: We wrote the report ourselves | the company said'
    ],
    ['Brine tweeted: “See you on the quay!”', 'direct: See you on the quay! | Brine wrote'],
    [
      '“She asked me, ‘Is it deep?’ and I dived,” Brine said.',
      'direct: She asked me, ‘Is it deep?’ and I dived | Brine said'
    ],
    [
      'Brine said: “The first winter froze us.\n“The second was worse.”',
      'direct: The first winter froze us. The second was worse. | Brine said'
    ],
    ['“Cranes do not retire.” — Nell Fathom', 'direct: Cranes do not retire. | Nell Fathom said'],
    ['"We can\'t tell yet," Brine said.', "direct: We can't tell yet | Brine said"],
    ['‘We can’t tell yet,’ said Brine.', 'direct: We can’t tell yet | Brine said'],
    [
      '“This is not the crane we bought.” Those were the words of Nell Fathom on Friday.',
      'direct: This is not the crane we bought. | Nell Fathom said'
    ],
    ['Nell Fathom rang the bell.\n“We are full,” she said.', 'direct: We are full | Nell Fathom said'],
    ['“Aye,” said Brine. “Nay,” said Fathom.', 'direct: Aye | Brine said', 'direct: Nay | Fathom said'],
    [
      '“We will rebuild,” Brine said.\n“All of it.”',
      'direct: We will rebuild | Brine said',
      'direct: All of it. | Brine said'
    ],
    [
      'The Tide Wire reported the repairs “cost twice what they saved” since the “new paint peels in every storm.”',
      'mixed: cost twice what they saved ... new paint peels in every storm. | Tide Wire reported'
    ]
  ]
  for (const [text, ...expected] of patterns) t.same(said(text), expected, text)
})

t.test('an outlet announces a block quote', async (t) => {
  const words = 'The council will sell the crane, and "nobody" will miss it.'
  const proposal = readPage(`Crane sold\n\nThe Tide Wire reports (emphasis added):\n\n${words}`, 'text/plain')
  t.match(proposal.story.quotes, [
    {
      text: words,
      kind: 'direct',
      display: 'block',
      alterations: [{ kind: 'emphasis', note: 'emphasis added' }]
    }
  ])
  t.same(lines(proposal), ['normal: The Tide Wire reports (emphasis added):', `blockquote: ${words}`])
  t.same(said('According to the Tide Wire:\nThe audit began in May.'), [
    'block: The audit began in May. | Tide Wire reported'
  ])
})

t.test('a sentence that rests on somebody is a claim', async (t) => {
  t.same(said('The port will close two piers, according to two people briefed on the budget.'), [
    'claim: The port will close two piers | two people briefed on the budget said'
  ])
  t.same(said('According to Nell Fathom, the light went out at noon.'), [
    'claim: the light went out at noon | Nell Fathom said'
  ])
  t.same(said('The board said that the crane would stop before winter.'), [
    'claim: that the crane would stop before winter | The board said'
  ])
  t.same(said('Tide News first reported on the rusty crane in May.'), [
    'claim: the rusty crane in May | Tide News first_reported'
  ])
  t.same(said('The crane is older than it looks, according to a new report on ports.'), [])
})

t.test('what nobody is named for is no quote', async (t) => {
  for (const text of [
    'The so-called “rusty giraffe” works twice a week.',
    'The film “Cranes at Dawn” opens on Sunday.',
    'Nell “Buoy” Fathom keeps the light.',
    'Some might say, “Who needs it?”, but the port must decide.',
    'The beam is 7\' 4" long and 9" wide.',
    'The port had a "back door" to the sea, according to a new report.',
    'A crane lifts a boat. (Photo by Ada Keel/Keel Agency/Tide Images)',
    'Copyright 2019 Tide News Trust',
    'Read More Here'
  ]) {
    t.same(said(`A plain sentence.\n\n${text}`), [], text)
  }
})

const saved = `Monday, May 6, 2019

Crane ‘Too Tired’ to Lift

In this Oct. 3, 2018 file photo, the crane rests. (Photo by Ada Keel/Tide/Coast Images)

PORT BRINE (TW) — The port will sell its crane.

"They want it gone," Fathom said. "They will be sorry."

Tide News first reported on the sale. It came after former Harbour Director Nell Fathom warned the council.

“Sell it,” one council aide told Tide in April.

Follow Otto on Facebook and Twitter.

Copyright 2019 Tide News Trust

Read More Here

2 comments:

Good riddance!

Post a Comment`

t.test('a saved page keeps its parts and loses its furniture', async (t) => {
  const proposal = readPage(saved, 'text/plain')
  const { story, warnings } = proposal
  t.match(story, {
    title: 'Crane ‘Too Tired’ to Lift',
    publishedAt: '2019-05-06T00:00:00.000Z',
    dateline: 'PORT BRINE (TW)',
    language: 'und',
    origin: { copyrightNotice: 'Copyright 2019 Tide News Trust', publisher: 'Tide News Trust' },
    leadMediaId: 'media-1',
    media: [
      {
        key: 'media-1',
        kind: 'image',
        caption: 'In this Oct. 3, 2018 file photo, the crane rests.',
        credits: [
          {
            creditLine: 'Photo by Ada Keel/Tide/Coast Images',
            creators: ['Ada Keel'],
            suppliers: ['Tide', 'Coast Images']
          }
        ]
      }
    ]
  })
  t.notOk(story.origin?.url)
  t.equal(lines(proposal).length, 4)
  t.notMatch(lines(proposal).join('\n'), /Follow|Copyright|Read More|comment|riddance|file photo/i)
  t.match(
    warnings.find(({ code }) => code === 'comments-left-out'),
    { words: 'Good riddance!' }
  )
})

t.test('a short name and its full form are one source', async (t) => {
  const proposal = readPage(saved, 'text/plain')
  t.match(proposal.story.sources, [
    { name: 'Nell Fathom', kind: 'person', role: 'former Harbour Director' },
    { name: 'Tide News', kind: 'organization' }
  ])
  t.equal(proposal.story.sources?.length, 2)
})

t.test('every guess is told to the editor', async (t) => {
  const told = codes(readPage(saved, 'text/plain'))
  for (const code of [
    'date-without-zone',
    'headline-guessed',
    'credit-split',
    'publisher-guessed',
    'language-unknown',
    'name-resolved',
    'role-guessed',
    'kind-guessed'
  ]) {
    t.ok(told.includes(code), code)
  }
  const carried = readPage('Head\n\n“Go,” Brine said.\n\n“Now.”\n\n“Fast,” he said.', 'text/plain')
  t.match(codes(carried), [
    'headline-guessed',
    'language-unknown',
    'kind-guessed',
    'speaker-carried-over',
    'pronoun-resolved'
  ])
  t.match(carried.warnings.at(-1), { words: 'he', pointer: '/quotes/2' })
})

t.test('bylines stand above the story', async (t) => {
  const bylines = (line: string) => readPage(`Head\n\n${line}\n\nWords.`, 'text/plain').story.bylines
  t.same(bylines('By Nell Fathom and Otto Brine'), [{ name: 'Nell Fathom' }, { name: 'Otto Brine' }])
  t.same(bylines('Nell Fathom, Staff Writer'), [{ name: 'Nell Fathom', role: 'Staff Writer' }])
  t.same(bylines('By the sea stood a crane'), [])
})

const blog = `<html lang="en-GB"><head><title>Port blog: Crane</title></head><body><h1>Port blog</h1>
<h2 class="date-header"><span>Monday, May 6, 2019</span></h2><h3 class="post-title">Crane sold</h3>
<div class="post-body"><table class="tr-caption-container"><tr><td>
<a href="https://pictures.example/full.jpg" imageanchor="1"><img src="https://pictures.example/small.jpg" alt="A crane"></a>
</td></tr><tr><td class="tr-caption">The crane. (Photo by Ada Keel/Tide Images)</td></tr></table>
<script>alert(1)</script><nav>Home</nav>The port sold <a href="https://tide.example/crane">its crane</a>.<br><br>
“It is <b>gone</b>,” Nell Fathom said.<br><br>The Tide Wire wrote:<blockquote>Nobody came.</blockquote><ol><li>One</li></ol>
<a href="https://tide.example/story">Read More Here</a></div>
<div id="comments"><h4>1 comment:</h4><p>Sad.</p></div></body></html>`

t.test('an HTML page is read as its text is', async (t) => {
  const proposal = readPage(blog, 'text/html')
  t.match(proposal.story, {
    title: 'Crane sold',
    publishedAt: '2019-05-06T00:00:00.000Z',
    language: 'en-GB',
    origin: { url: 'https://tide.example/story' },
    media: [
      {
        url: 'https://pictures.example/full.jpg',
        alt: 'A crane',
        caption: 'The crane.',
        credits: [{ creators: ['Ada Keel'], suppliers: ['Tide Images'] }]
      }
    ],
    quotes: [
      { text: 'It is gone', display: 'inline' },
      { text: 'Nobody came.', display: 'block' }
    ]
  })
  t.same(lines(proposal), [
    'normal: The port sold its crane.',
    'normal: “It is gone,” Nell Fathom said.',
    'normal: The Tide Wire wrote:',
    'blockquote: Nobody came.',
    'normal: One'
  ])
  t.match(bodyOf(proposal)[0], { markDefs: [{ _type: 'link', href: 'https://tide.example/crane' }] })
  t.match(bodyOf(proposal)[4], { listItem: 'number', level: 1 })
  t.ok(codes(proposal).includes('comments-left-out'))
})

t.test('what a page says in JSON-LD and meta elements is not guessed', async (t) => {
  const about = {
    '@type': 'NewsArticle',
    headline: 'Crane sold',
    datePublished: '2019-05-06T08:30:00+02:00',
    author: [{ name: 'Nell Fathom' }],
    publisher: { name: 'Tide News' }
  }
  const { story, warnings } = readPage(
    `<html lang="en"><script type="application/ld+json">${JSON.stringify({ '@graph': [about] })}</script>
    <article><h2>Why</h2><figure><img src="/crane.jpg"></figure><p>It was <em>old</em>.</p></article>`,
    'text/html'
  )
  t.match(story, {
    title: 'Crane sold',
    publishedAt: '2019-05-06T06:30:00.000Z',
    bylines: [{ name: 'Nell Fathom' }],
    origin: { publisher: 'Tide News' },
    body: [{ style: 'h2' }, { children: [{}, { text: 'old', marks: ['em'] }, {}] }]
  })
  t.same(warnings, [])
})

t.test('a page without structure is left to Readability', async (t) => {
  const story =
    '<p>The port sold its crane on Monday, and the quay has been very quiet since that day.</p>'.repeat(20)
  const proposal = readPage(
    `<title>Crane</title><div class="sidebar">Buy boots</div><div>${story}</div>`,
    'text/html'
  )
  t.equal(proposal.story.title, 'Crane')
  t.equal(lines(proposal).length, 20)
})

t.test('a page with nothing to read is unreadable', async (t) => {
  const kind = (content: string, mediaType: 'text/plain' | 'text/html') => {
    try {
      return readPage(content, mediaType) && 'read'
    } catch (error) {
      return error instanceof Unreadable ? `${error.kind}: ${error.message}` : error
    }
  }
  t.equal(kind('', 'text/plain'), 'no_headline: The page has no headline.')
  t.equal(kind('Read More Here', 'text/plain'), 'no_headline: The page has no headline.')
  t.equal(kind('Crane sold', 'text/plain'), 'no_text: The page has no text below its headline.')
  t.equal(kind('', 'text/html'), 'no_headline: The page has no headline.')
  t.equal(kind('<div>'.repeat(50_000), 'text/html'), 'too_deep: The page nests deeper than 500 elements.')
  t.equal(kind('<p>'.repeat(60_000), 'text/html'), 'too_large: The page has more than 20000 elements.')
})

t.test('hostile pages are read in bounded time and within the limits of a story', async (t) => {
  for (const part of [
    '"',
    '“a ',
    '‘a ',
    "'a ",
    ' ',
    '(',
    '(Photo by ',
    'Ab ',
    ', ',
    'said ',
    'A. ',
    '\0',
    '\ud800',
    '“Aa bb,” she said. '
  ]) {
    const began = performance.now()
    const { story } = readPage(`Head\n\nWords.\n${part.repeat(1_000_000 / part.length)}`, 'text/plain')
    t.ok(performance.now() - began < 5000, `${JSON.stringify(part)} is read in time`)
    t.ok(story.quotes!.length <= 500 && bodyOf({ story, warnings: [] }).length <= 5000)
    t.ok(JSON.stringify(story).isWellFormed() && !JSON.stringify(story).includes('\\u0000'))
  }
})
