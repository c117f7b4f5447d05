// A live site of WordPress, read through its REST API into a folder: an answer a file. What is there already is not
// asked for again, so a command that was killed goes on where it was.
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { siteKey } from '../../metadata/addresses.ts'
import { RefusedExport } from '../item.ts'
import { isFields } from '../whole.ts'
import { type Answer, ask, type Fetching } from './requests.ts'

/** How many records an answer has, which is the most that WordPress gives. */
const perPage = 100

/** After this long a folder is begun anew: pages have moved since. */
const day = 86_400_000

/** Types of posts that tell how a site looks, or that are asked for by themselves. */
const furniture =
  /^(?:attachment|nav_menu_item|wp_.*|custom_css|oembed_cache|customize_changeset|guest-author)$/

/** What the site does not answer, as it is kept beside its answers. */
interface MirrorLoss {
  code: string
  reason: string
  words?: string
}

/** Reads the site into this folder. `done` is told of each answer. Throws RefusedExport. */
export async function mirror(site: string, folder: string, fetching: Fetching, done: (file: string) => void) {
  const begun = await stat(join(folder, 'site.json')).catch(() => undefined)
  const isOld = begun !== undefined && begun.mtimeMs < Date.now() - day
  if (isOld) await rm(folder, { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const losses: MirrorLoss[] = []
  const { root, language } = await rootOf(site, fetching)
  const index = await ask(root(''), fetching)
  if (
    !isFields(index.json) ||
    !Array.isArray(index.json.namespaces) ||
    !index.json.namespaces.includes('wp/v2')
  )
    throw new RefusedExport(
      'not-wordpress',
      `${site} has no REST API of WordPress at ${root('')}: export the site as WXR (Tools, Export), and import that file.`
    )
  const { name, home, url, namespaces } = index.json
  if (begun === undefined || isOld) await keep(folder, 'site', { name, home, url, namespaces })
  const types = await ask(root('wp/v2/types'), fetching)
  const posts = Object.values(isFields(types.json) ? types.json : {})
    .filter(isFields)
    .filter(({ slug, rest_namespace: space = 'wp/v2' }) => space === 'wp/v2' && !furniture.test(String(slug)))
    .map(({ rest_base: base }) => String(base))
    .filter((base) => /^[\w-]+$/.test(base))
  const lists = ['users', 'categories', 'tags', 'media', ...(posts.length > 0 ? posts : ['posts', 'pages'])]
  for (const list of [...lists, 'comments']) {
    const refused = await readList(list, { root, folder, fetching, done })
    if (refused)
      losses.push({
        code: 'list-not-readable',
        reason: `The site answers ${refused.status} for its ${list}: what they hold is missing.`,
        words: list
      })
  }
  losses.push({
    code: 'drafts-left-out',
    reason: 'Only what readers can see is answered: drafts and private posts come with an export as WXR.'
  })
  await keep(folder, 'told', { onrecord: 1, ...(language && { language }), losses })
}

interface Reading {
  root: (path: string) => URL
  folder: string
  fetching: Fetching
  done(file: string): void
}

/** Reads all pages of a list; answers why it is refused. */
async function readList(
  list: string,
  { root, folder, fetching, done }: Reading
): Promise<Answer | undefined> {
  const there = new Set(await readdir(folder))
  let length = perPage
  for (let page = 1; length === perPage; page++) {
    const name = `${list}-${String(page).padStart(5, '0')}`
    // The last page may have grown.
    if (there.has(`${name}.json`) && there.has(`${list}-${String(page + 1).padStart(5, '0')}.json`)) continue
    const query = { per_page: String(perPage), page: String(page), orderby: 'id', order: 'asc' }
    const address = root(`wp/v2/${list}`)
    for (const [key, value] of Object.entries(query)) address.searchParams.set(key, value)
    if (!/^(?:users|categories|tags|media|comments)$/.test(list)) address.searchParams.set('_embed', 'author')
    const answer = await ask(address, fetching)
    if (!Array.isArray(answer.json)) return page === 1 ? answer : undefined
    await keep(folder, name, answer.json)
    done(`${name}.json`)
    length = answer.json.length
  }
  return undefined
}

/** Writes a file whole, or not at all. */
async function keep(folder: string, name: string, value: unknown) {
  const path = join(folder, `${name}.json`)
  await writeFile(`${path}.part`, JSON.stringify(value))
  await rename(`${path}.part`, path)
}

/** Where the API is: the front page says it (Link, rel="https://api.w.org/"), and which language the site is in. */
async function rootOf(site: string, fetching: Fetching) {
  const front = await ask(new URL(site), fetching)
  const link = /<([^>]+)>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/.exec(String(front.link))?.[1]
  const base = new URL(
    link && URL.canParse(link, site) ? new URL(link, site) : `${site.replace(/\/+$/, '')}/wp-json/`
  )
  const language = /<html\b[^>]*\blang=["']([\w-]+)["']/i.exec(front.text.slice(0, 5000))?.[1]
  return { language, root: (path: string) => addressIn(base, path) }
}

/** An address of the API; a site without permalinks has it in a parameter. */
function addressIn(base: URL, path: string): URL {
  const address = new URL(base)
  const route = address.searchParams.get('rest_route')
  if (route !== null) address.searchParams.set('rest_route', `${route.replace(/\/+$/, '')}/${path}`)
  else address.pathname = `${address.pathname.replace(/\/+$/, '')}/${path}`
  return address
}

/** The folder in which answers of this site are kept, below the one of imports. */
export const mirrorFolder = (importsFolder: string, site: string) =>
  join(`${importsFolder}.sites`, siteKey(site).replace(/[^\w.-]/g, '_'))
