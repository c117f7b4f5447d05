/** The lists of what is published, each with an edition of the desk. */
export const publicLists = [
  'articles',
  'quotes',
  'attributions',
  'sources',
  'media',
  'media-credits',
  'corrections',
  'comments'
]
