import t from 'tap'
import type { Article, DraftArticle } from '../../src/content/articles/schema.ts'
import {
  type Anchor,
  anchoredText,
  claimAnchor,
  quoteAnchor
} from '../../src/content/body/anchors/anchors.ts'
import { saysTheSame } from '../../src/content/body/anchors/tokens.ts'
import type { Body, TextBlock } from '../../src/content/body/schema.ts'
import { textOf } from '../../src/content/body/text.ts'
import type { Problem } from '../../src/http/problems.ts'
import { type Proposal, readPage, Unreadable } from '../../src/importing/proposals/page.ts'
import { propose } from '../../src/importing/proposals/propose.ts'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app, type Client } from '../support/app.ts'
import { faults } from '../support/contract.ts'

const bodyOf = ({ story }: Proposal) => story.body as Body
const standsAt = (body: Body, anchor: Anchor, words: string) =>
  saysTheSame(anchoredText(body, anchor) ?? '', words)
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
    ['“We will rebuild,” Brine said.\n“All of it.”', 'direct: We will rebuild ... All of it. | Brine said'],
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
    'claim: the rusty crane | Tide News first_reported'
  ])
  t.same(said('The crane is older than it looks, according to a new report on ports.'), [])
  t.same(said('Still, Nell Fathom said, the dock has to open again in May.'), [
    'claim: the dock has to open again in May | Nell Fathom said'
  ])
  t.same(said('The dock is too old for the ferries, Nell Fathom said on Monday.'), [
    'claim: The dock is too old for the ferries | Nell Fathom said'
  ])
  t.same(said("Nell Fathom wrote the dock wasn't old."), ["claim: the dock wasn't old | Nell Fathom wrote"])
})

t.test('what somebody does, or a noun that looks like a verb, is no claim', async (t) => {
  for (const text of [
    'Nell Fathom wrote a book on docks.',
    'Nell Fathom reported earnings of nine crowns.',
    'Nell Fathom sailed to Brine and states that have no quay.',
    'Nell Fathom came to Brine with a ruling that closed the quay.',
    'How Nell Fathom wants the quay will have a bearing on the port.',
    'Earlier in the long week, Nell Fathom claimed the dock for her own pilots.'
  ])
    t.same(said(text), [], text)
  t.same(said('“The dock is old,” Nell Fathom told a crowd that had filled the quay.'), [
    'direct: The dock is old | Nell Fathom told'
  ])
  t.same(said('Det blir dyrt for alle ved havna, sier havnesjef Ola Berg, som har ledet arbeidet i ti år.'), [
    'claim: Det blir dyrt for alle ved havna | Ola Berg said'
  ])
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
  t.match(carried.warnings.at(-1), { words: 'he', pointer: '/quotes/1' })
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

t.test('a page without structure is read where its prose is', async (t) => {
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
  t.equal(kind('<noscript><tr><body>x', 'text/html'), 'no_headline: The page has no headline.')
  t.equal(kind('<div>'.repeat(600), 'text/html'), 'too_deep: The page nests deeper than 500 elements.')
  t.equal(kind('<p>'.repeat(60_000), 'text/html'), 'too_large: The page has more than 20000 elements.')
})

const html = (body: string, head = '') =>
  readPage(`<html><head><title>Crane</title>${head}</head><body>${body}</body></html>`, 'text/html')
const story = (words: string) => html(`<article>${words}</article>`)

t.test('why a source is not named is kept in the words of the page', async (t) => {
  const reasons = (text: string) =>
    (readPage(`Head\n\n${text}`, 'text/plain').story.quotes ?? []).map(
      ({ attributions }) => attributions![0]!.hops.at(-1)!.unnamed?.reason
    )
  for (const [text, reason] of [
    [
      '“It leaks,” said one aide, who spoke on condition of anonymity because the talks go on.',
      'spoke on condition of anonymity because the talks go on'
    ],
    ['“It leaks,” one aide told Tide News on condition of anonymity.', 'on condition of anonymity'],
    ['“It leaks,” said an aide who was not authorized to speak.', 'was not authorized to speak'],
    ['An aide, who declined to be named, said: “It leaks.”', 'declined to be named'],
    ['“It leaks,” said 3 aides.', undefined],
    ['“It leaks,” said aides.', undefined]
  ] as const) {
    t.same(reasons(text), [reason], text)
  }
})

t.test('the claim is the statement alone, not when or how it was reported', async (t) => {
  for (const [text, ...expected] of [
    [
      'Tide News first reported on the old crane in May, noting that it leans.',
      'the old crane',
      'that it leans'
    ],
    ['Tide News first reported the sale last week.', 'the sale'],
    ['Tide News first reported that the crane was sold.', 'that the crane was sold'],
    ['Tide News first reported in May.'],
    ['Brine told reporters on Monday that the dock was full.', 'that the dock was full'],
    ['Two pilots who asked not to be named said that the lock leaks.', 'that the lock leaks'],
    ['Two officials who asked not to be named said that the lock leaks.', 'that the lock leaks'],
    ['Brine said the boat that sank was old.', 'the boat that sank was old'],
    ['According to Otto Brine, harbour master, the boat was old.', 'the boat was old'],
    ['According to Otto Brine.'],
    [`Brine said that ${'the dock is full '.repeat(400)}.`]
  ]) {
    const { story } = readPage(`Head\n\n${text}`, 'text/plain')
    t.same(
      story.attributions?.map(({ claim }) => claim),
      expected,
      text!
    )
  }
})

t.test('only the words of the story are searched, and only as much as a story is long', async (t) => {
  const long = readPage(`Head\n\n${'The dock is full. '.repeat(1000)}\n\n`.repeat(13), 'text/plain')
  t.ok(codes(long).includes('searched-in-part'))
  const many = readPage(`Head\n\n${'“The dock is full,” said Otto Brine.\n\n'.repeat(5100)}`, 'text/plain')
  t.equal(many.story.quotes?.length, 500)
  t.equal(bodyOf(many).length, 5000)
  for (const code of ['too-many-quotes', 'body-cut']) t.ok(codes(many).includes(code), code)
  const crowd = readPage(
    `Head\n\n${Array.from({ length: 260 }, (_, i) => `“Full,” said Otto ${name(i)}.\n\n`).join('')}Nell Fathom said that the dock is full.`,
    'text/plain'
  )
  t.equal(crowd.story.sources?.length, 200)
  for (const code of ['too-many-sources', 'quote-left-out']) t.ok(codes(crowd).includes(code), code)
  const tail = readPage(
    `Head\n\n${'Words.\n\n'.repeat(5000)}${'A. (Photo by Ada/Tide)\n\n'.repeat(2)}`,
    'text/plain'
  )
  t.match(tail.warnings.at(-1), { code: 'body-cut', words: '' })
  const wall = story(`<p>Words.</p>${'<img src="https://x.example/a.jpg">'.repeat(201)}`)
  t.ok(codes(wall).includes('too-many-pictures'))
  const album = readPage(
    `Head\n\n${'A crane. (Photo by Ada Keel/Tide Images)\n\n'.repeat(201)}`,
    'text/plain'
  )
  t.equal(album.story.media?.length, 200)
  t.ok(codes(album).includes('too-many-pictures'))
})

/** A name of its own for every number. */
const name = (i: number) => `B${String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26))}`

t.test('how a page changed the words it quotes is kept', async (t) => {
  const { story } = readPage(
    'Head\n\n“We [the crew] left [...] the dok [sic] (translated from Dutch),” said Otto Brine.',
    'text/plain'
  )
  t.same(story.quotes?.[0]?.alterations, [
    { kind: 'translation', note: 'translated from Dutch' },
    { kind: 'bracket', note: '[the crew]' },
    { kind: 'ellipsis', note: '[...]' },
    { kind: 'grammar', note: '[sic]' }
  ])
})

t.test('a block quote is what follows the words that announce it', async (t) => {
  const blocks = (words: string) =>
    story(words)
      .story.quotes?.filter(({ display }) => display === 'block')
      .map(({ text }) => text)
  const intro = '<p>The Tide Wire wrote:</p>'
  t.same(
    blocks(`${intro}<blockquote>“Nobody came.”</blockquote><blockquote>Not one.</blockquote><p>End.</p>`),
    ['Nobody came. Not one.']
  )
  t.same(blocks(`<p>Otto Brine said:</p><blockquote>Nobody came.</blockquote>`), ['Nobody came.'])
  for (const none of [
    '',
    '<ul><li>Nobody came.</li></ul>',
    '<blockquote>“ ”</blockquote>',
    '<h2>Why</h2><p>Nobody came.</p>',
    '<p>“Nobody came.”</p>'
  ]) {
    t.same(blocks(intro + none), [], none)
  }
})

t.test('a fault of the program is not told as one of the page', async (t) => {
  await t.rejects(propose({ content: null as never, mediaType: 'text/plain' }), TypeError)
})

t.test('a date is what a page prints as one', async (t) => {
  const at = (line: string) => readPage(`${line}\n\nHead\n\nWords.`, 'text/plain').story.publishedAt
  t.equal(at('Published on 6 May 2019'), '2019-05-06T00:00:00.000Z')
  t.equal(at('2019-05-06'), '2019-05-06T00:00:00.000Z')
  t.equal(at('2019-05-06T08:30:00'), '2019-05-06T00:00:00.000Z')
  t.equal(at('2019-05-06T08:30:00Z'), '2019-05-06T08:30:00.000Z')
  t.equal(at('May 32, 2019'), undefined)
  t.equal(at('Mayhem 3, 0019'), undefined)
  t.equal(at('2019-99-99T99:99:99Z'), undefined)
})

t.test('what a page tells of a source at any place is known of it', async (t) => {
  const { story } = readPage('Head\n\n“Go,” said Otto Brine. “Now,” said Otto Brine, a pilot.', 'text/plain')
  t.match(story.sources, [{ name: 'Otto Brine', kind: 'person', role: 'a pilot' }])
})

t.test('creators and suppliers are told apart', async (t) => {
  const credit = (line: string) =>
    readPage(`Head\n\nA crane. (${line})`, 'text/plain').story.media?.[0]?.credits?.[0]
  t.match(credit('AP Photo/Ada Keel'), { creators: ['Ada Keel'], suppliers: ['AP'] })
  t.match(credit('Photo by Ada Keel and Bo Mast via Tide'), {
    creators: ['Ada Keel', 'Bo Mast'],
    suppliers: ['Tide']
  })
  t.match(credit('Photo: /'), { creators: [], suppliers: [] })
  t.match(readPage('Head\n\nA crane. (Video by Ada Keel)', 'text/plain').story.media, [{ kind: 'video' }])
})

t.test('a body keeps what it can of long lines, links and wrapped text', async (t) => {
  const wrapped =
    'The port will sell its crane to the city before the winter comes,\nand nobody knows who will pay.'
  t.same(lines(readPage(`Head\n\n${wrapped}`, 'text/plain')), [`normal: ${wrapped.replace('\n', ' ')}`])
  const title = readPage(`${'H'.repeat(600)}\n\nWords.`, 'text/plain')
  t.equal(title.story.title.length, 500)
  t.ok(codes(title).includes('headline-cut'))
  const pair = readPage(`Head\n\n${'x'.repeat(19_999)}\u{1f6a2}${'y'.repeat(10)}`, 'text/plain')
  t.same(
    lines(pair).map(({ length }) => length),
    [20_007, 20]
  )
  const many = codes(readPage(`Head\n\n${'A. (Photo by Ada/Tide)\n\n'.repeat(1200)}`, 'text/plain'))
  t.equal(many.length, 1001)
  t.equal(many.at(-1), 'more-warnings')
})

t.test('a speaker is found wherever the page names one', async (t) => {
  for (const [text, ...expected] of [
    [
      'Nell Fathom spoke.\n\n“Go,” she said. “Now,” he said.',
      'direct: Go | Nell Fathom said',
      'direct: Now | he said'
    ],
    ['“Go,” it said.', 'direct: Go | it said'],
    [
      '“Go,” the company said. “Now,” it said. “Fast,” the company said.',
      'direct: Go | the company said',
      'direct: Now | the company said',
      'direct: Fast | the company said'
    ],
    [
      '“Go,” said Otto Brine, harbour master. “Now,” said Brine, too.',
      'direct: Go | Otto Brine said',
      'direct: Now | Otto Brine said'
    ],
    [
      '“Go,” said Nell Fathom.\n\nThe port was closed by Otto Brine.\n\n“No,” he said.',
      'direct: Go | Nell Fathom said',
      'direct: No | Otto Brine said'
    ],
    [
      '“The dock is full” and “the lock is dry”, according to Otto Brine.',
      'mixed: the lock is dry | Otto Brine said'
    ],
    ['“The dock is full” according to Otto Brine.', 'direct: The dock is full | Otto Brine said'],
    ['Otto Brine said:\n\n“The dock is full.”', 'direct: The dock is full. | Otto Brine said'],
    ['According to Otto Brine, “the dock is full.”', 'mixed: the dock is full. | Otto Brine said'],
    [
      'Otto Brine said the dock was old. “Boats at Night” opens.',
      'claim: the dock was old | Otto Brine said'
    ],
    [
      'Otto Brine said of the dock that “The water is far too deep” there.',
      'direct: The water is far too deep | Otto Brine said'
    ],
    [
      'Otto Brine said of the dock that “water is far too deep” there.',
      'mixed: water is far too deep | Otto Brine said'
    ],
    [
      'Otto Brine said the so-called “very old north dock” was sold.',
      'claim: the so-called “very old north dock” was sold | Otto Brine said'
    ],
    [
      '“The first winter froze us.\n“The second was worse,” said Otto Brine.',
      'direct: The first winter froze us. The second was worse | Otto Brine said'
    ],
    ['“Open and never closed, said Otto Brine.'],
    ['“ ” said Otto Brine.'],
    ['Otto Brine wrote:\n\nThe dock is full and dry.', 'block: The dock is full and dry. | Otto Brine wrote'],
    ['Otto Brine said:\n\nThe dock is full and dry.'],
    ['The list is long:\n\nThe dock is full and dry.'],
    [
      '“Boats go,” said former Mayor Otto Brine. “Boats come,” said Nell Fathom, mayor of Port Brine.',
      'direct: Boats go | Otto Brine said',
      'direct: Boats come | Nell Fathom said'
    ],
    ['‘The boys’ dock is full,’ said Otto Brine.', 'direct: The boys’ dock is full | Otto Brine said'],
    [
      'The sign was 6\' 2" and 12" and "very very tall," said Otto Brine.',
      'mixed: very very tall | Otto Brine said'
    ],
    ['«Go», said Otto Brine.', 'direct: Go | Otto Brine said'],
    [
      '"The plank is 6\' 2" long and old," said Otto Brine.',
      'direct: The plank is 6\' 2" long and old | Otto Brine said'
    ],
    ['“Go,” said Otto’s.'],
    ['It rained. Otto Brine said: “The dock is full.”', 'direct: The dock is full. | Otto Brine said'],
    ['Ada Brine and Otto Brine came. “Go,” said Brine.', 'direct: Go | Brine said'],
    ['Otto Brine said it.   “The dock is full.”', 'direct: The dock is full. | Otto Brine said'],
    ['Mr. Brine left at 5 p.m. “Go,” said J. Brine.', 'direct: Go | J. Brine said']
  ]) {
    t.same(said(text!), expected, text!)
  }
})

t.test('the elements of a page become blocks', async (t) => {
  t.same(
    lines(
      story('<h1>Crane</h1><h1>Why</h1><h5>How</h5><pre>a</pre><hr><blockquote>b</blockquote><p hidden>c</p>')
    ),
    ['h2: Why', 'h4: How', 'normal: a', 'blockquote: b']
  )
  t.match(bodyOf(story('<ul><li>a<ol><li>b</li></ol></li></ul><ul>c</ul><li>d</li>')), [
    { listItem: 'bullet', level: 1 },
    { listItem: 'number', level: 2 },
    { style: 'normal' },
    { listItem: 'bullet', level: 1 }
  ])
  t.match(bodyOf(story('<p><b>a<strong>b</strong></b><i> c</i></p>')), [
    {
      children: [
        { text: 'ab', marks: ['strong'] },
        { text: ' c', marks: ['em'] }
      ]
    }
  ])
  const link = 'https://tide.example/'
  t.match(
    bodyOf(
      story(`<a href="${link}"><a href="/b">x</a><p>y</p></a><a href="ftp://x">z</a><a href="${link}"></a>`)
    ),
    [{ markDefs: [] }, { markDefs: [] }, { markDefs: [] }]
  )
  t.match(bodyOf(story(`<p>${'<b>a</b><i>b</i>'.repeat(300)}</p>`)), [
    { children: [{ text: 'ab'.repeat(300) }] }
  ])
  t.match(lines(story('<br>a<br><br>b<br>c<svg><path/><path/></svg>')), ['normal: a', 'normal: b\nc'])
  const dated = story('<p><b>PORT BRINE</b> — <i>The dock</i> is full.</p>')
  t.equal(dated.story.dateline, 'PORT BRINE')
  t.match(bodyOf(dated), [{ children: [{ text: 'The dock', marks: ['em'] }, { text: ' is full.' }] }])
  t.throws(() => story('<div><span>'.repeat(300)), /nests deeper/)
  t.same(lines(html('<div>Words of the story.</div>'.repeat(9000))).length, 5000)
  t.same(lines(html(`${'<div>'.repeat(120)}Words.`)), ['normal: Words.'])
})

t.test('the pictures of a page keep their captions and credits', async (t) => {
  const media = (words: string) => story(`<p>Words.</p>${words}`).story.media
  t.match(
    media(
      '<figure><video><source src="https://x.example/a.mp4"></video><figcaption>Dock. Ada</figcaption><span class="credit">Ada</span></figure>'
    ),
    [{ kind: 'video', url: 'https://x.example/a.mp4', caption: 'Dock.', credits: [{ creators: ['Ada'] }] }]
  )
  t.match(media('<figure><img src="https://x.example/a.jpg"><span class="credit">Ada</span></figure>'), [
    { url: 'https://x.example/a.jpg', credits: [{ creditLine: 'Ada' }] }
  ])
  t.match(
    media(
      '<div class="wp-caption"><img data-src="https://x.example/%5b.jpg"><p class="wp-caption-text">Ada</p><b class="credit">Ada</b></div>'
    ),
    [{ url: 'https://x.example/%5b.jpg', credits: [{ creditLine: 'Ada' }] }]
  )
  t.same(media('<img width="1" src="https://x.example/a.gif"><img><figure></figure>'), [])
  t.match(
    media(
      `<img alt="far" src="https://x.example/${'a'.repeat(2000)}"><img alt="odd" src="https://x.example/${'ü'.repeat(900)}"><img alt="bad" src="https://x.example/a%zz">`
    ),
    [{ alt: 'far' }, { alt: 'odd' }, { alt: 'bad' }]
  )
  const shown = story(
    '<p>Words.</p><img src="https://x.example/a.jpg"><img src="https://x.example/b.jpg"><p>More.</p>'
  )
  t.same(lines(shown), ['normal: Words.', 'image', 'normal: More.'])
})

t.test('what a page says about itself is read where it says it', async (t) => {
  const words = '<article><p>Words.</p></article>'
  const about = (head: string, body = words) => html(body, head).story
  const json = (value: unknown) =>
    `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`
  t.match(
    about(json('{nonsense') + json([{ '@type': 'Thing' }, 1, null, { '@type': 'Article', headline: ' ' }])),
    {
      title: 'Crane',
      language: 'und'
    }
  )
  t.match(
    about(
      json({
        '@type': ['NewsArticle'],
        headline: 7,
        inLanguage: 'nl_BE',
        author: 'Ada Keel',
        datePublished: 'soon'
      })
    ),
    {
      language: 'nl-BE',
      bylines: [{ name: 'Ada Keel' }]
    }
  )
  t.match(
    about(
      json({
        '@type': 'BlogPosting',
        inLanguage: 'not a language',
        publisher: null,
        author: [null, { name: 'Bo' }]
      })
    ),
    {
      language: 'und',
      bylines: [{ name: 'Bo' }]
    }
  )
  t.match(
    about(
      '<meta name="author" content="Ada Keel"><meta property="og:url" content="https://tide.example/a/">',
      '<article>Words <a href="b">b</a></article>'
    ),
    {
      bylines: [{ name: 'Ada Keel' }],
      body: [{ markDefs: [{ href: 'https://tide.example/a/b' }] }]
    }
  )
  t.match(
    about(
      '<link rel="canonical" href="https://tide.example/a/">',
      '<article>Words <a href="b">b</a></article>'
    ),
    {
      body: [{ markDefs: [{ href: 'https://tide.example/a/b' }] }]
    }
  )
  t.match(about('<meta name="author" content="https://tide.example/ada">'), { bylines: [] })
  t.match(about('', `<div class="post-body">Words.</div><a rel="author">Ada</a>`), { bylines: [] })
  t.match(
    about(
      '<base href="https://tide.example/x/">',
      `${words}<time datetime="2019-05-06T08:30:00Z">today</time>`
    ),
    {
      publishedAt: '2019-05-06T08:30:00.000Z'
    }
  )
  t.match(
    readPage('<meta property="og:title" content="Crane sold"><article><p>Words.</p></article>', 'text/html')
      .story,
    { title: 'Crane sold' }
  )
})

t.test('whatever a page holds, its proposal is a story the API takes', async (t) => {
  const { server } = await app(t)
  const document = server.swagger()
  const parts = [
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
    'A\n',
    '“a b\n\n',
    '“Aa bb,” she said. ',
    '“Aa bb cc dd,” said Nell Fathom.\n\n',
    'Nell Fathom said that x. ',
    'Tide News first reported x   '
  ]
  for (const part of parts) {
    const proposal = readPage(`Head\n\nWords.\n${part.repeat(120_000 / part.length)}`, 'text/plain')
    const { story } = proposal
    t.same(faults(document, { $ref: '#/components/schemas/NewStory' }, story), [], JSON.stringify(part))
    t.ok(JSON.stringify(story).isWellFormed() && !JSON.stringify(story).includes('\\u0000'))
    for (const { key, text } of story.quotes!) {
      if (!standsAt(bodyOf(proposal), quoteAnchor(key!), text)) t.fail(`${text} is not anchored`)
    }
  }
})

const text = { 'content-type': 'text/plain' }
const post = ({ post }: Client, page: string | Buffer, type = 'text/plain', options: object = {}) =>
  post('/v1/imports', page as string, { headers: { 'content-type': type }, ...options })

t.test('a saved page becomes a draft that is read and published like any other', async (t) => {
  const client = await app(t)
  for (const [page, type] of [
    [saved, 'text/plain'],
    [blog, 'text/html; charset=utf-8']
  ] as const) {
    const answer = await post(client, page, type)
    t.equal(answer.status, 201)
    const { article, sources, media, quotes, attributions, warnings } = answer.json<Imported>()
    t.equal(answer.headers.location, `/v1/articles/${article.id}?edition=draft`)
    t.ok(sources.length > 0 && media.length === 1 && quotes.length > 0 && warnings.length > 0)
    t.ok(attributions.length >= quotes.length)

    const draft = (await client.get(String(answer.headers.location))).json<DraftArticle>()
    t.same(
      draft.quotes.map(({ id }) => id),
      quotes.map(({ id }) => id)
    )
    for (const { id, text } of draft.quotes) t.ok(standsAt(draft.body as Body, quoteAnchor(id), text), text)

    t.equal((await client.read(`/v1/articles/${article.slug}`)).status, 404)
    t.equal((await client.post(`/v1/articles/${article.id}/publish`)).status, 200)
    const published = (await client.read(`/v1/articles/${article.slug}`)).json<Article>()
    t.equal(published.title, article.title)
    t.equal(published.quotes.length, quotes.length)
    t.match(published.media, [{ credits: [{ creators: ['Ada Keel'] }] }])
  }
})

t.test('a page is decoded in the charset it is sent in', async (t) => {
  const client = await app(t)
  const page = Buffer.from('Caf\xe9 closed\n\n\x93It is shut,\x94 said Nell Fathom.', 'latin1')
  const answer = await post(client, page, 'text/plain; charset=windows-1252')
  t.match(answer.json(), { article: { title: 'Café closed' }, quotes: [{ text: 'It is shut' }] })
})

t.test('what is no page of a story is refused and leaves nothing behind', async (t) => {
  const client = await app(t)
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const moderator = (await client.token('moderator')).token
  const refusals: Record<
    string,
    [answer: Promise<Awaited<ReturnType<typeof post>>>, status: number, detail: string | RegExp]
  > = {
    'bytes with NUL': [post(client, 'Head\n\n\0'), 400, 'This is a binary file, not a page of text.'],
    'a PNG': [post(client, png), 400, 'The body is not valid UTF-8.'],
    'invalid UTF-8': [post(client, Buffer.from('Caf\xe9', 'latin1')), 400, 'The body is not valid UTF-8.'],
    'an unknown charset': [
      post(client, 'Head', 'text/plain; charset=klingon'),
      415,
      'The charset klingon is not known.'
    ],
    'JSON that is no export': [post(client, '{}', 'application/json'), 422, /^What this holds is no export/],
    CSV: [post(client, 'a,b', 'text/csv'), 415, /^This takes text\/plain or text\/html/],
    'an empty body': [post(client, ''), 400, /./],
    'white space': [post(client, ' \n \n'), 422, 'The page has no headline.'],
    'a page without text': [
      post(client, '<title>Head</title>', 'text/html'),
      422,
      'The page has no text below its headline.'
    ],
    'a page too deep': [
      post(client, '<div>'.repeat(600), 'text/html'),
      422,
      'The page nests deeper than 500 elements.'
    ],
    'a page too large': [
      post(client, '<p>'.repeat(60_000), 'text/html'),
      422,
      'The page has more than 20000 elements.'
    ],
    '3 MB': [post(client, 'x'.repeat(3_000_000)), 413, /./],
    'no token': [post(client, saved, 'text/plain', { token: null }), 401, /./],
    'a moderator': [post(client, saved, 'text/plain', { token: moderator }), 403, /moderator/],
    'an unknown parameter': [client.post('/v1/imports?mode=fast', saved, { headers: text }), 400, /mode/]
  }
  for (const [what, [sent, status, detail]] of Object.entries(refusals)) {
    const answer = await sent
    t.equal(answer.status, status, what)
    const problem = answer.json<Problem>()
    t.match([problem.detail, ...(problem.errors ?? []).map(({ detail }) => detail)].join(' '), detail, what)
    if (what === 'CSV') t.match(answer.headers.accept, /^text\/plain, text\/html, application\/xml/, what)
  }
  for (const list of ['articles', 'sources', 'media', 'media-credits', 'quotes', 'attributions']) {
    t.match((await client.get(`/v1/${list}?edition=draft`)).json(), { data: [] }, list)
  }
})
