// Portable Text (portabletext.org) as it is stored: blocks and objects of any type, each with its key.

interface Block {
  _type: string
  _key: string
  [field: string]: unknown
}

/** The kinds of blocks are defined in content/body/schema.ts. */
export type PortableText = Block[]
