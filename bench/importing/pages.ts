// Pages of our own: one invented story in the forms in which newsrooms print it, with what a reader would take from it.

/** What is right for a page. */
export interface GoldPage {
  name: string
  html: string
  title: string
  bylines: string[]
  /** The day, in UTC. */
  published?: string
  section?: string
  tags?: string[]
  canonical?: string
  publisher?: string
  dek?: string
  /** Stretches that the body holds, and that it does not. */
  within: string[]
  without: string[]
  credits: { creators: string[]; suppliers: string[] }[]
}

const paragraphs = [
  'The weir of Varn opens again on Monday after two winters of repairs, and the keeper has painted the gates green.',
  'About forty boats wait above the lock. The kiosk sells tickets until the evening, and a brass band plays from noon.',
  'The works took a year longer than planned, because the old piles had to be drawn one by one from the bed of the river.',
  'The money came from three towns along the canal, which share the income of the lock until the debt is paid.'
]
const title = 'The weir of Varn opens again'
const prose = paragraphs.map((words) => `<p>${words}</p>`).join('\n')
const menu =
  '<header><nav><ul><li><a href="/">Front page of the Courier</a></li><li><a href="/towns">Towns and harbours</a></li><li><a href="/log-in">Log in</a></li></ul></nav></header>'
const footer =
  '<footer><p>All rights reserved by the Varn Courier and its partners.</p><a href="/imprint">Imprint</a></footer>'
const related =
  '<aside class="related"><h2>More from the canal</h2><ul><li><a href="/a">Ferry of Ost runs aground, nobody is hurt</a></li><li><a href="/b">Council wants another lock at the mill</a></li></ul></aside>'
const comments =
  '<section id="comments"><h2>Comments</h2><p>Best news of the whole year, I will be there with the children!</p></section>'
const base: GoldPage = {
  name: '',
  html: '',
  title,
  bylines: [],
  within: paragraphs.map((words) => words.slice(10, 60)),
  without: [
    'Towns and harbours',
    'All rights reserved by',
    'Ferry of Ost runs',
    'Best news of the whole',
    'Subscribe to the'
  ],
  credits: []
}
const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${title} | Varn Courier</title>${head}</head><body>${menu}${body}${footer}</body></html>`
const article = (more: string, within = prose) =>
  `<main><article><h1>${title}</h1>${more}${within}</article></main>`
const figure = (caption: string) =>
  `<figure><img src="https://courier.example/weir.jpg" alt="The weir"><figcaption>${caption}</figcaption></figure>`

const ld = (graph: object) => `<script type="application/ld+json">${JSON.stringify(graph)}</script>`
const newsArticle = {
  '@type': 'NewsArticle',
  headline: title,
  datePublished: '2026-11-02T08:30:00+01:00',
  author: [{ '@type': 'Person', name: 'Ines Calder' }],
  publisher: { '@type': 'Organization', name: 'Varn Courier' },
  articleSection: 'Canal',
  keywords: ['weir', 'canal']
}

const bodies: [string, string][] = [
  ['article', article('')],
  ['article with furniture', `${article('', prose + related)}${comments}`],
  [
    'article without a name',
    `<div><div><h1>${title}</h1><div class="x1">${prose}</div></div>${related}</div>`
  ],
  [
    'paragraphs by breaks',
    `<div class="story"><h1>${title}</h1><div>${paragraphs.join('<br><br>')}</div></div>${related}`
  ],
  [
    'split body',
    `<h1>${title}</h1><div class="text">${prose.slice(0, prose.indexOf('<p>', 5))}</div><div class="ad">Subscribe to the Courier today</div><div class="text">${prose.slice(prose.indexOf('<p>', 5))}</div>`
  ],
  [
    'newsletter inside',
    article(
      '',
      prose.replace(
        '</p>',
        '</p><div class="newsletter"><p>Subscribe to the newsletter of the Courier, every morning at six.</p></div>'
      )
    )
  ],
  [
    'sections inside',
    article(
      '',
      `<section>${prose}</section><section class="share"><a href="/s">Share this story</a></section>`
    )
  ],
  [
    'teaser before',
    `<article class="teaser"><h2><a href="/a">Ferry of Ost runs aground, nobody is hurt</a></h2></article>${article('')}`
  ]
]

const captions: [string, { creators: string[]; suppliers: string[] }][] = [
  ['The weir at noon. Photo: Ines Calder', { creators: ['Ines Calder'], suppliers: [] }],
  [
    'The weir at noon. Photo by Ines Calder/Tide Images',
    { creators: ['Ines Calder'], suppliers: ['Tide Images'] }
  ],
  [
    'The weir at noon. (Photo: Ines Calder / Tide Images)',
    { creators: ['Ines Calder'], suppliers: ['Tide Images'] }
  ],
  ['The weir at noon. © Ines Calder', { creators: ['Ines Calder'], suppliers: [] }],
  [
    'The weir at noon. <span class="credit">Ines Calder/Tide Images</span>',
    { creators: ['Ines Calder'], suppliers: ['Tide Images'] }
  ],
  [
    'The weir at noon. <small>Tide Images via Harbour Agency</small>',
    { creators: [], suppliers: ['Tide Images', 'Harbour Agency'] }
  ],
  [
    'The weir at noon. Foto: Ines Calder und Theo Lunn',
    { creators: ['Ines Calder', 'Theo Lunn'], suppliers: [] }
  ]
]

export const pages: GoldPage[] = [
  ...bodies.map(([name, body]): GoldPage => ({ ...base, name: `body: ${name}`, html: page('', body) })),
  {
    ...base,
    name: 'metadata: JSON-LD',
    html: page(ld({ '@context': 'https://schema.org', ...newsArticle }), article('')),
    bylines: ['Ines Calder'],
    published: '2026-11-02',
    section: 'Canal',
    tags: ['weir', 'canal'],
    publisher: 'Varn Courier'
  },
  {
    ...base,
    name: 'metadata: a graph of JSON-LD',
    html: page(
      ld({
        '@context': 'https://schema.org',
        '@graph': [
          { ...newsArticle, author: { '@id': '#ines' }, publisher: { '@id': '#courier' } },
          { '@type': 'Person', '@id': '#ines', name: 'Ines Calder' },
          { '@type': 'NewsMediaOrganization', '@id': '#courier', name: 'Varn Courier' }
        ]
      }),
      article('')
    ),
    bylines: ['Ines Calder'],
    published: '2026-11-02',
    section: 'Canal',
    publisher: 'Varn Courier'
  },
  {
    ...base,
    name: 'metadata: Open Graph and meta',
    html: page(
      `<meta property="og:title" content="${title}"><meta property="og:site_name" content="Varn Courier"><meta property="og:description" content="After two winters the boats may pass."><meta property="article:published_time" content="2026-11-02T07:30:00Z"><meta property="article:section" content="Canal"><meta property="article:tag" content="weir"><meta property="article:tag" content="canal"><meta name="author" content="Ines Calder"><link rel="canonical" href="https://courier.example/weir">`,
      article('')
    ),
    bylines: ['Ines Calder'],
    published: '2026-11-02',
    section: 'Canal',
    tags: ['weir', 'canal'],
    canonical: 'https://courier.example/weir',
    publisher: 'Varn Courier',
    dek: 'After two winters the boats may pass.'
  },
  {
    ...base,
    name: 'metadata: printed',
    html: page(
      '',
      article(
        '<p class="byline">By Ines Calder and Theo Lunn</p><time datetime="2026-11-02T08:00:00Z">November 2, 2026</time>'
      )
    ),
    bylines: ['Ines Calder', 'Theo Lunn'],
    published: '2026-11-02'
  },
  ...captions.map(
    ([caption, credit], i): GoldPage => ({
      ...base,
      name: `figure ${i + 1}`,
      html: page('', article(figure(caption))),
      credits: [credit]
    })
  )
]
