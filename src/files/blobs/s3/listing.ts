// Lists of a bucket (ListObjectsV2), page after page.
import { SaxesParser } from 'saxes'
import { type BucketClient, textOf } from './client.ts'

/** An entry of a bucket. */
export interface Entry {
  /** Its whole key. */
  key: string
  bytes: number
  /** When it was put there last, in ms since 1970. */
  putAt: number
}

export interface Page {
  entries: Entry[]
  /** What continues the list; undefined at its end. */
  next: string | undefined
}

/** All entries whose keys begin with this, some at a time. */
export async function* pagesOf(client: BucketClient, prefix: string): AsyncGenerator<Entry[]> {
  let next: string | undefined
  do {
    const query = { 'list-type': '2', prefix, ...(next !== undefined && { 'continuation-token': next }) }
    const page = readPage(await textOf(await client.send({ method: 'GET', query })))
    yield page.entries
    next = page.next
  } while (next !== undefined)
}

/** Reads a ListBucketResult. */
export function readPage(xml: string): Page {
  const page: Page = { entries: [], next: undefined }
  const path: string[] = []
  let text = ''
  let fields: Record<string, string> = {}
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    path.push(name)
    text = ''
    if (name === 'Contents') fields = {}
  })
  parser.on('text', (some) => {
    text += some
  })
  parser.on('closetag', ({ name }) => {
    path.pop()
    const parent = path.at(-1)
    if (name === 'Contents') page.entries.push(entryOf(fields))
    else if (parent === 'Contents') fields[name] = text
    else if (name === 'NextContinuationToken') page.next = text
  })
  parser.write(xml).close()
  return page
}

const entryOf = (fields: Record<string, string>): Entry => ({
  key: fields.Key!,
  bytes: Number(fields.Size),
  putAt: Date.parse(fields.LastModified!)
})
