// The kinds of exports that can be read, as `--as` and `?as=` call them. The readers themselves are loaded where one reads.

/** Of each kind, the system of the external ids unless the user names another, and what it is called in sentences. */
export const kinds = {
  wxr: { system: 'wordpress', title: 'WordPress (WXR)' },
  wordpress: { system: 'wordpress', title: 'WordPress (answers of its REST API)' },
  blogger: { system: 'blogger', title: 'Blogger (Atom, JSON of its API)' },
  ghost: { system: 'ghost', title: 'Ghost (JSON)' },
  substack: { system: 'substack', title: 'Substack (posts.csv with posts)' },
  medium: { system: 'medium', title: 'Medium (HTML)' },
  ninjs: { system: 'ninjs', title: 'ninjs' },
  newsml: { system: 'newsml', title: 'NewsML-G2' },
  nitf: { system: 'nitf', title: 'NITF' },
  feed: { system: 'feed', title: 'a feed (RSS, Atom, JSON Feed)' },
  markdown: { system: 'markdown', title: 'Markdown with front matter' }
} as const
export type SystemKind = keyof typeof kinds
export const systemKinds = Object.keys(kinds) as SystemKind[]
