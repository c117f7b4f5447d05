// Licences that newsrooms usually meet, under the names by which they are known.
import type { Licences } from './schema.ts'

const creativeCommons = (code: string) => ({
  name: `CC ${code} 4.0`,
  url: `https://creativecommons.org/licenses/${code.toLowerCase()}/4.0/`
})

export const common: Licences['common'] = [
  ...['BY', 'BY-SA', 'BY-ND', 'BY-NC', 'BY-NC-SA', 'BY-NC-ND'].map(creativeCommons),
  { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  { name: 'Public Domain Mark 1.0', url: 'https://creativecommons.org/publicdomain/mark/1.0/' },
  { name: 'Editorial use only', url: null },
  { name: 'Rights managed', url: null },
  { name: 'Royalty-free', url: null },
  { name: 'Handout', url: null },
  { name: 'Own picture', url: null }
]
