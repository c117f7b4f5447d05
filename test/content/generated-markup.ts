// Bodies as people write them, in HTML, Markdown and plain text, and what words a reader of them sees.
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'

// Each of these becomes a word of its own, so that two that were run together, or one that is missing, are told.
const mark = '§'
const beginnings = ['w', 'ä', '字', 'и']
const withWords = (text: string) => {
  let n = 0
  return text.replaceAll(mark, () => `${beginnings[n % beginnings.length]}${n++}x`)
}

const spaces = fc.constantFrom(
  '',
  '',
  ' ',
  ' ',
  '\n',
  '\t',
  '  ',
  '&nbsp;',
  '&#32;',
  '\r\n',
  '\f',
  '\u3000',
  '&#13;'
)
const texts = fc.constantFrom(
  mark,
  mark,
  mark,
  `${mark} ${mark}`,
  `${mark}\n${mark}`,
  `${mark}, `,
  ' ',
  '&eacute;',
  '&amp;',
  '&#97;',
  '&lt;',
  ' < ',
  '<3 ',
  '& ',
  '&copy ',
  '&nbsp;',
  '&shy;',
  '&zwj;',
  '&#8203;',
  '<p ',
  '<a href="x> ',
  '“',
  '.'
)
const around = (tag: string, inner: string, ends = true) =>
  `<${tag}>${inner}${ends ? `</${tag.split(' ')[0]}>` : ''}`

const inlineTags = [
  ...[
    'b',
    'i',
    'em',
    'strong',
    'span',
    'sup',
    'sub',
    'del',
    's',
    'ins',
    'u',
    'code',
    'kbd',
    'q',
    'mark',
    'small'
  ],
  ...[
    'abbr title="T"',
    'time',
    'font color="red"',
    'bdi',
    'x-note',
    'blink',
    'span lang="de"',
    'span style="color:red"'
  ],
  ...[
    'a href="/x"',
    'a href="x.html"',
    'a name="y"',
    'span data-quote="q"',
    'b style="font-weight:normal"',
    'label'
  ],
  ...['span style="white-space:pre"', 'output', 'math', 'ruby', 'x-block style="display:block"'],
  ...['cite', 'dfn', 'bdo dir="rtl"', 'q lang="de"', 'span hidden', 'i style="display:none"', 'nobr', 'tt'],
  ...['a href="javascript:x"', 'w4x', 'o:p', 'st1:place']
]
const blockTags = [
  ...[
    'p',
    'div',
    'section',
    'article',
    'blockquote',
    'h1',
    'h3',
    'h6',
    'aside',
    'address',
    'header',
    'main',
    'nav'
  ],
  ...[
    'fieldset',
    'figure',
    'center',
    'form',
    'hgroup',
    'div dir="rtl"',
    'p lang="fr"',
    'li',
    'dd',
    'pre',
    'details'
  ],
  ...[
    'div style="white-space:pre-wrap"',
    'dialog',
    'div hidden',
    'li value="7"',
    'summary',
    'figcaption',
    'caption'
  ],
  ...[
    'td',
    'tr',
    'tbody',
    'table',
    'ul',
    'ol',
    'dl',
    'menu',
    'listing',
    'body',
    'html',
    'head',
    'legend',
    'search'
  ],
  ...['p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"']
]
const alone = [
  ...['<br>', '<br><br>', '<br/>', '<hr>', '<wbr>', `<!-- ${mark} -->`, `<![CDATA[${mark}]]>`, `<?${mark}?>`],
  ...[
    `<script>${mark}</script>`,
    `<style>${mark}</style>`,
    `<template>${mark}</template>`,
    '<img src="med-1">'
  ],
  ...[
    `<button>${mark}</button>`,
    `<select><option>${mark}<option>${mark}</select>`,
    `<textarea>${mark}</textarea>`
  ],
  ...[
    '<input>',
    `<noscript>${mark}</noscript>`,
    `<span hidden>${mark}</span>`,
    '<iframe src="https://a.test/"></iframe>'
  ],
  ...[`<iframe>${mark}</iframe>`, `<video src="https://a.test/v">${mark}</video>`, `<audio>${mark}</audio>`],
  ...[
    `<object data="x">${mark}</object>`,
    `<svg><title>${mark}</title></svg>`,
    `<svg><g><text>${mark}</text></g></svg>`
  ],
  ...[
    `<ruby>${mark}<rp>(</rp><rt>${mark}</rt><rp>)</rp></ruby>`,
    '</p>',
    '</b>',
    ' </div> ',
    '</i>',
    '<p></p>'
  ],
  ...[`<pre><code class="language-js">${mark}\n  ${mark}</code></pre>`, `<title>${mark}</title>`, '<b></b>'],
  ...[
    `<pre><div>${mark}</div><div>${mark}</div></pre>`,
    `<canvas>${mark}</canvas>`,
    `<pre>${mark}<img src="med-1"></pre>`
  ]
]

interface Parts {
  inline: string
  block: string
  flow: string
}

const { flow } = fc.letrec((tie: fc.LetrecTypedTie<Parts>) => {
  const inlines = fc.array(fc.oneof({ maxDepth: 4, depthSize: 'small' }, texts, texts, tie('inline')), {
    maxLength: 4
  })
  const inner = inlines.map((parts) => parts.join(''))
  const ends = fc.integer({ min: 0, max: 9 }).map((n) => n > 0)
  const list = (item: string, tag: string) =>
    fc
      .array(fc.tuple(tie('flow'), spaces, ends), { maxLength: 3 })
      .map((items) =>
        around(tag, items.map(([body, space, end]) => around(item, body, end) + space).join(''))
      )
  const cells = fc
    .array(fc.tuple(fc.constantFrom('td', 'th', 'td colspan="2"', 'td rowspan=2'), tie('flow'), ends), {
      maxLength: 3
    })
    .map((all) => all.map(([tag, body, end]) => around(tag, body, end)).join(''))
  const table = fc
    .tuple(
      fc.option(inner, { nil: undefined }),
      fc.array(cells, { maxLength: 3 }),
      fc.constantFrom('', ` ${mark} `)
    )
    .map(([caption, rows, loose]) => {
      const head = caption === undefined ? '' : around('caption', caption)
      return around('table', head + rows.map((row) => around('tr', row)).join(loose))
    })
  return {
    inline: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      texts,
      fc.constantFrom(...alone),
      fc.tuple(fc.constantFrom(...inlineTags), inner, ends).map(([tag, body, end]) => around(tag, body, end))
    ),
    block: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      inner,
      fc
        .tuple(fc.constantFrom(...blockTags), tie('flow'), ends)
        .map(([tag, body, end]) => around(tag, body, end)),
      list('li', 'ul'),
      list('li', 'ol start="3"'),
      list('dd', 'dl'),
      list('summary', 'details'),
      list('figcaption', 'figure'),
      table
    ),
    flow: fc
      .array(fc.tuple(fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('inline'), tie('block')), spaces), {
        maxLength: 4
      })
      .map((parts) => parts.flat().join(''))
  }
})

/** Documents of HTML, well-formed and not. */
export const htmls = fc.array(flow, { minLength: 1, maxLength: 3 }).map((parts) => withWords(parts.join('')))

const phrases = fc
  .array(
    fc.constantFrom(
      ...[
        mark,
        mark,
        ` ${mark}`,
        ' ',
        ', ',
        `*${mark}*`,
        `**${mark} ${mark}**`,
        `~~${mark}~~`,
        `\`${mark}  ${mark}\``
      ],
      ...[
        `[${mark}](/x "T")`,
        `[${mark}](javascript:x)`,
        `<${'https://a.test/'}>`,
        `<b>${mark}</b>`,
        '<br>',
        '&eacute;',
        '\\*'
      ],
      ...[
        `${mark}*${mark}*`,
        `***${mark}*${mark}**`,
        `_${mark}_`,
        `${mark}<sup>${mark}</sup>`,
        ' \\\n',
        '  \n',
        '\n',
        '<',
        '&'
      ],
      ...[`<q>${mark}</q>`, '![', `<!-- ${mark} -->`, `[${mark}][a]`, `[${mark}]`, '*', '_', '`', '~']
    ),
    { minLength: 1, maxLength: 6 }
  )
  // Where signs of emphasis touch, readers of Markdown differ in how they pair them.
  .map((parts) =>
    parts.reduce((text, one) => text + (/[*_~`]$/.test(text) && /^[*_~`]/.test(one) ? ' ' : '') + one)
  )
const indented = (prefix: string, text: string) =>
  prefix + text.replaceAll('\n', `\n${' '.repeat(prefix.length)}`)
const { part } = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    phrases,
    phrases.map((text) => `## ${text.replaceAll('\n', ' ')}`),
    phrases.map((text) => `${text}\n---`),
    fc.constantFrom(
      `\`\`\`js\n${mark}\n\n  ${mark}\n\`\`\``,
      // To micromark 4.0.3 a list right after such code interrupts a paragraph, which not every list may.
      `    ${mark}\n    ${mark}\n\n${mark}`,
      '***',
      `<div>${mark}</div>`
    ),
    fc.constantFrom(
      `<p>${mark}<p>${mark}`,
      `<pre>${mark} \n\n ${mark}</pre>`,
      `<aside>\n\n${mark}\n\n</aside>`
    ),
    fc.constantFrom(`~~~\n${mark}\n~~~`),
    fc
      .tuple(
        fc.constantFrom('- ', '* ', '1. ', '7) ', '> '),
        fc.array(tie('part'), { minLength: 1, maxLength: 3 })
      )
      .map(([prefix, parts]) =>
        prefix === '> '
          ? `> ${parts.join('\n\n').replaceAll('\n', '\n> ')}`
          : parts.map((one) => indented(prefix, one)).join('\n')
      )
  )
}))

// In a list, readers of Markdown differ in where a table begins.
const table = fc.constant(`| ${mark} | ${mark} |\n|---|:-:|\n| ${mark} | *${mark}* |\n| ${mark} |`)

/** Texts of Markdown. Three bullets without words are a rule, and what is indented below them such code. */
export const markdowns = fc
  .tuple(
    fc.array(fc.oneof({ arbitrary: part, weight: 9 }, table), { minLength: 1, maxLength: 5 }),
    fc.constantFrom('', '\n\n[a]: /x')
  )
  .map(([parts, end]) => withWords(parts.join('\n\n') + end))
  .filter((text) => !/^---|^[ *-]*(?:[*-] *){3,}\n {4}/m.test(text))

/** Plain texts. */
export const plains = fc
  .array(
    fc.constantFrom(
      mark,
      ' ',
      '\n',
      '\n\n',
      '\r\n',
      '\t',
      ', ',
      '<b>',
      '&amp;',
      '*',
      `${`${mark} `.repeat(12)}\n`
    ),
    {
      maxLength: 30
    }
  )
  .map((parts) => withWords(parts.join('')))

/** The words in a text. */
export const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []

const names = (list: string) => new Set(list.split(' '))
const unread = names('script style template rp #comment #documentType')
// What a browser shows on lines of its own, and what it writes marks around or shows as one thing.
const borders = names(
  'address article aside blockquote br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr img input legend li listing main menu nav ol p pre q rt search section summary table tbody td tfoot th thead tr ul'
)
// What a reader does not read as part of the story: its words must be told.
const apart = names('audio button canvas iframe label noscript output select svg textarea title video')

type Node = DefaultTreeAdapterTypes.ChildNode

/** The text of a tree, with spaces at the borders of what is not among the words around it; aside what stands apart. */
function shownIn(node: Node, aside: string[]): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value.replace(/[\u00AD\u200B\u200D]/g, ' ')
  if (!('tagName' in node) || unread.has(node.nodeName)) return ''
  const { tagName, attrs, childNodes } = node
  // The title of a drawing is no part of it.
  const shown = childNodes
    .filter(({ nodeName }) => tagName !== 'svg' || nodeName !== 'title')
    .map((child) => shownIn(child, aside))
    .join('')
  const isHidden = attrs.some(({ name, value }) => name === 'hidden' || value.includes('display:none'))
  if (isHidden || apart.has(tagName)) {
    aside.push(shown)
    return isHidden || /^(?:noscript|canvas|svg|title)$/.test(tagName) ? '' : ' '
  }
  const isBlock = attrs.some(({ name, value }) => name === 'style' && value.includes('display:block'))
  return isBlock || borders.has(tagName) ? ` ${shown} ` : shown
}

/** The words that HTML shows. */
export function wordsOfHtml(html: string): string[] {
  const aside: string[] = []
  const shown = parse(html).childNodes.map((node) => shownIn(node, aside))
  return wordsOf([...shown, ...aside].join(' ').replaceAll('*', ''))
}

/** The words that Markdown shows. */
export const wordsOfMarkdown = (markdown: string) =>
  wordsOfHtml(
    micromark(markdown, {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      // One tilde strikes words at GitHub, and lowers them elsewhere: to us it is one of the words.
      extensions: [gfm({ singleTilde: false })],
      htmlExtensions: [gfmHtml()]
    })
  )
