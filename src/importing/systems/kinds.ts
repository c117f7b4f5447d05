// The kinds of exports that can be read, as `--as` and `?as=` call them.

export const systemKinds = [
  'wxr',
  'wordpress',
  'blogger',
  'ghost',
  'substack',
  'medium',
  'ninjs',
  'newsml',
  'nitf',
  'feed',
  'markdown'
] as const
export type SystemKind = (typeof systemKinds)[number]
