// Portable Text (portabletext.org) as it is stored: blocks and objects of any type, each with its key.

interface Block {
  _type: string
  _key: string
  [field: string]: unknown
}

/** What kinds of blocks there are, and what is in them, content/body/schema.ts says. */
export type PortableText = Block[]
