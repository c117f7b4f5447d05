// Stories of agencies in XML: NITF documents, and NewsML-G2 as single items or in messages.
import { type ExportFile, type Item, RefusedExport, type SystemReader } from '../item.ts'
import { type Element, isElement } from '../xml/element.ts'
import { elementsAt, ofBrokenFile } from '../xml/read.ts'
import { newsItems } from './newsml.ts'
import { idOf, storyOf } from './nitf.ts'
import { newest } from './versions.ts'

export const nitfReader: SystemReader = {
  name: 'nitf',
  recognises: (head) => /<(?:\w+:)?nitf\b/.test(head) && !isNewsml(head),
  read: (files) => read(files, 'nitf', (root, file) => nitfItems(root, file))
}

const isNewsml = (head: string) => /iptc\.org\/std\/nar\/2006-10-01/.test(head)

export const newsmlReader: SystemReader = {
  name: 'newsml',
  recognises: isNewsml,
  read: (files) => read(files, 'newsMessage, newsItem or packageItem', newsItems)
}

async function* read(
  files: ExportFile[],
  roots: string,
  itemsOf: (root: Element, file: string) => Item[]
): AsyncGenerator<Item> {
  const items: Item[] = []
  for (const file of files)
    try {
      for await (const root of elementsAt(1, file)) {
        if (!isElement(root)) items.push(root)
        else if (roots.split(/, | or /).includes(root.name)) items.push(...itemsOf(root, file.name))
        else
          throw new RefusedExport(
            'other-root',
            `${file.name} is a ${root.name.slice(0, 50)}: only ${roots} holds stories.`
          )
      }
    } catch (error) {
      // Each file is a story of its own: the others come.
      const { code, message } = ofBrokenFile(error)
      if (files.length === 1) throw error
      items.push({ kind: 'loss', place: file.name, code, reason: message })
    }
  yield* newest(items)
}

function nitfItems(root: Element, file: string): Item[] {
  const id = idOf(root)
  const place = `${file}: ${id ?? 'a story'}`
  const losses: Item[] = []
  const story = storyOf(root, (code, reason, words) =>
    losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  )
  if (id === undefined)
    losses.push({
      ...{ kind: 'loss', place, code: 'id-missing' },
      reason: 'It has no doc-id: the name of the file stands in its place.'
    })
  return [
    ...losses,
    {
      ...{ status: 'draft', comments: 'open', addresses: [], type: 'story' },
      ...story,
      ...{ kind: 'article', place, id: id ?? file.replace(/^.*\//, '') }
    }
  ]
}
