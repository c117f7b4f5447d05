// XML as a tree, as tests of feeds and sitemaps read it.
import { SaxesParser } from 'saxes'

export interface Node {
  name: string
  attributes: Record<string, string>
  text: string
  children: Node[]
}

/** Reads documents with one prefix for each namespace, by its address; throws where one is not well-formed. */
export const treeReader = (prefixes: Record<string, string>) => (xml: string) => {
  const parser = new SaxesParser({ xmlns: true })
  const open: Node[] = [{ name: '', attributes: {}, text: '', children: [] }]
  parser.on('opentag', ({ uri, local, attributes }) => {
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value])
    const node = {
      name: `${prefixes[uri] ?? `${uri} `}${local}`,
      attributes: Object.fromEntries(values),
      text: '',
      children: []
    }
    open.at(-1)!.children.push(node)
    open.push(node)
  })
  parser.on('text', (text) => {
    open.at(-1)!.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(xml).close()
  return open[0]!.children[0]!
}

export const all = ({ children }: Node, name: string) => children.filter((child) => child.name === name)
