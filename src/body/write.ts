// Bodies as clients read them: Portable Text, HTML, Markdown, plain text.
import { portableTextToMarkdown } from '@portabletext/markdown'
import { escapeHTML, toHTML } from '@portabletext/to-html'
import type { Media } from '../media/schema.ts'
import type { Body, BodyForm, CodeBlock, TableBlock, TableCell } from './schema.ts'
import { plainText } from './text.ts'

/** The body in the form a reader asked for. `media` are the article's, for its pictures. */
export function write(body: Body, form: BodyForm, media: Media[]): Body | string {
  if (form === 'html') return asHtml(body, media)
  if (form === 'markdown') return asMarkdown(body, media)
  if (form === 'text') return plainText(body)
  return body
}

const annotated =
  (name: 'quote' | 'attribution') =>
  ({ children, value }: { children: string; value?: Record<string, unknown> }) =>
    `<span data-${name}="${escapeHTML(String(value?.[`${name}Id`]))}">${children}</span>`

function asHtml(body: Body, media: Media[]): string {
  return toHTML(body, {
    onMissingComponent: false,
    components: {
      types: {
        image: ({ value }) => figure(media.find(({ id }) => id === value.mediaId)!),
        embed: ({ value }) => `<a href="${escapeHTML(value.url)}">${escapeHTML(value.url)}</a>`,
        rule: () => '<hr />',
        code: ({ value }) => code(value),
        table: ({ value }) => table(value, media)
      },
      marks: {
        strike: ({ children }) => `<s>${children}</s>`,
        underline: ({ children }) => `<u>${children}</u>`,
        sup: ({ children }) => `<sup>${children}</sup>`,
        sub: ({ children }) => `<sub>${children}</sub>`,
        quote: annotated('quote'),
        attribution: annotated('attribution')
      }
    }
  })
}

const code = ({ code, language }: CodeBlock) =>
  `<pre><code${language ? ` class="language-${escapeHTML(language)}"` : ''}>${escapeHTML(code)}</code></pre>`

const table = ({ caption, rows }: TableBlock, media: Media[]) =>
  `<table>${caption ? `<caption>${escapeHTML(caption)}</caption>` : ''}${rows
    .map(({ cells }) => `<tr>${cells.map((one) => cell(one, media)).join('')}</tr>`)
    .join('')}</table>`

function cell({ header, colspan, rowspan, value }: TableCell, media: Media[]) {
  const tag = header ? 'th' : 'td'
  const spans = `${colspan ? ` colspan="${colspan}"` : ''}${rowspan ? ` rowspan="${rowspan}"` : ''}`
  return `<${tag}${spans}>${asHtml(value, media)}</${tag}>`
}

const credited = ({ credits }: Media) => credits.map(({ creditLine }) => creditLine).join('; ')

function figure(shown: Media): string {
  const picture = shown.url
    ? `<img src="${escapeHTML(shown.url)}" alt="${escapeHTML(shown.alt ?? '')}" />`
    : ''
  const caption = [shown.caption, credited(shown)]
    .filter(Boolean)
    .map((words) => escapeHTML(words!))
    .join(' ')
  return `<figure data-media="${shown.id}">${picture}<figcaption>${caption}</figcaption></figure>`
}

function asMarkdown(body: Body, media: Media[]): string {
  return portableTextToMarkdown(body, {
    types: {
      image: ({ value }) =>
        `![${label(media.find(({ id }) => id === value.mediaId)?.alt ?? '')}](${value.mediaId})`,
      embed: ({ value }) => `<${value.url}>`,
      rule: () => '---',
      code: ({ value }) => `\`\`\`${value.language ?? ''}\n${value.code}\n\`\`\``,
      table: ({ value }) => table(value, media)
    },
    marks: {
      strike: ({ children }) => `~~${children}~~`,
      sup: ({ children }) => `<sup>${children}</sup>`,
      sub: ({ children }) => `<sub>${children}</sub>`,
      link: ({ children, value }) => `[${children}](${target(String(value?.href))})`
    }
  })
}

/** Text as the label of a Markdown link or picture. */
const label = (text: string) => text.replace(/[[\]\\]/g, '\\$&').replace(/\s+/g, ' ')

/** An address as the target of a Markdown link: nothing in it ends the target. */
const target = (href: string) =>
  href
    .replace(/[\s<>\\]/g, (end) => encodeURIComponent(end))
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
