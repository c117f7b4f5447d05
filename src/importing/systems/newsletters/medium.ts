// Medium's export: a page of HTML for each story, in a folder posts; the others are about the account.
import { treeOf } from '../../../content/body/html/parse.ts'
import { wordsIn } from '../../../content/body/html/tree.ts'
import { collapseSpace } from '../../../content/body/text.ts'
import { withCount } from '../../../storage/text/with-count.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { type ExportFile, type Item, RefusedExport, type SystemReader } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { textOf } from '../whole.ts'

export const mediumReader: SystemReader = {
  name: 'medium',
  isFolder: true,
  recognises: (head, name) => /\.html?$/.test(name) && /<article class="h-entry">/.test(head),
  read
}

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  let account = 0
  for (const file of files) {
    const html = /\.html?$/.test(file.name) ? await textOf(file, 16) : ''
    if (/<article class="h-entry">/.test(html) && /data-field="body"/.test(html))
      yield articleOf(html, file.name)
    else account++
  }
  if (account === files.length)
    throw new RefusedExport(
      'not-medium',
      'None of these files is a story of Medium: name the zip of the export, or the folder posts in it.'
    )
  if (account > 0)
    yield {
      ...{ kind: 'loss', place: files[0]!.name, code: 'file-left-out' },
      reason: `${withCount(account, 'file')} about the account (claps, bookmarks, people who are followed), with no stories.`
    }
}

const between = (html: string, begin: RegExp, end: RegExp) => {
  const from = begin.exec(html)
  if (from === null) return ''
  const rest = html.slice(from.index + from[0].length)
  const to = end.exec(rest)
  return to === null ? rest : rest.slice(0, to.index)
}

const words = (html: string) =>
  collapseSpace(wordsIn(treeOf(html, { elements: 10_000, depth: 200, attributes: 256 }))).trim()

function articleOf(html: string, name: string): Item {
  const file = name.replace(/^.*\//, '')
  const id = /([\da-f]{6,})\.html?$/.exec(file)?.[1] ?? file
  const title = words(between(html, /<h1 class="p-name">/, /<\/h1>/))
  const footer = html.slice(html.lastIndexOf('<footer>'))
  const isDraft = /^draft_/.test(file)
  const published = instantOf(/class="dt-published" datetime="([^"]+)"/.exec(footer)?.[1] ?? '')
  const canonical = httpUrl(/<a href="([^"]+)" class="p-canonical"/.exec(footer)?.[1])
  const [, profile, author] = /<a href="([^"]+)" class="p-author h-card">([^<]*)</.exec(footer) ?? []
  const dek = words(between(html, /<section data-field="subtitle"[^>]*>/, /<\/section>/))
  const slug = /\/([^/?#]+?)(?:-[\da-f]{8,})?\/?$/.exec(canonical ?? '')?.[1]
  const page = httpUrl(profile)
  const isAtMedium = canonical !== undefined && /(?:^|\.)medium\.com$/.test(new URL(canonical).hostname)
  return {
    kind: 'article',
    ...{ place: `${name}: story ${id}`, id, type: 'story', status: isDraft ? 'draft' : 'published' },
    title,
    html: bodyOf(html, title),
    authors: author
      ? [
          {
            name: plainOf(author),
            ...(page && { addresses: [page], id: `author-${page.replace(/^.*\//, '')}` })
          }
        ]
      : [],
    tags: [],
    addresses: [],
    media: [],
    comments: 'open',
    ...(dek && { dek }),
    ...(slug && slug !== 'p' && { slug: slug.toLowerCase() }),
    ...(canonical && { url: canonical }),
    // A story that was first published elsewhere says so.
    ...(canonical && !isAtMedium && { canonicalUrl: canonical }),
    ...(published && !isDraft && { publishedAt: published })
  }
}

/** The body; it begins with a rule, and with the title and the subtitle once more. */
function bodyOf(html: string, title: string) {
  const body = between(html, /<section data-field="body"[^>]*>/, /<\/section>\s*<footer>/)
  return body
    .replace(/<div class="section-divider"><hr[^>]*><\/div>/, '')
    .replace(/<h[1-4][^>]*\bgraf--title\b[^>]*>(.*?)<\/h[1-4]>/s, (all, inner) =>
      words(inner) === title ? '' : all
    )
    .replace(/<h[1-4][^>]*\bgraf--subtitle\b[^>]*>.*?<\/h[1-4]>/s, '')
}
