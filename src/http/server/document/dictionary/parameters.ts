// What parameters mean whose schemas do not say it.
import type { Entries } from './entries.ts'

export const parameters: Entries = {
  limit: ['How many items a page has at most.', 20],
  cursor: ['', 'bmV4dA'],
  tag: ['', ['ferry']],
  author: ['', ['Mara Lindqvist']],
  'listComments.author': ['', ['q3mJm1sV2vYyX9m0b5oT4h']],
  'listErrorReports.author': ['', ['q3mJm1sV2vYyX9m0b5oT4h']],
  'publishedAt.gte': ['Only what was published at this instant or later.', '2024-01-01T00:00:00.000Z'],
  'publishedAt.lt': ['Only what was published before this instant.', '2035-01-01T00:00:00.000Z'],
  'updatedAt.gte': ['Only what was changed at this instant or later.', '2024-01-01T00:00:00.000Z'],
  'updatedAt.lt': ['Only what was changed before this instant.', '2035-01-01T00:00:00.000Z'],
  'createdAt.gte': ['Only what came at this instant or later. At the desk (`edition=draft`) only.'],
  'createdAt.lt': ['Only what came before this instant. At the desk (`edition=draft`) only.'],
  'expiresAt.lt': ['Only what has rights that end before this instant.'],
  id: ['', 'late-ferry-keeps-sailing'],
  number: ['The number of the edition or revision.', 1],
  against: ['', 1],
  creator: ['', ['Ana Example']],
  supplier: ['', ['Harbour Wire']],
  emailHash: ['', ['q3mJm1sV2vYyX9m0b5oT4h']],
  network: ['', ['q3mJm1sV2vYyX9m0b5oT4h']],
  key: ['', 'q3mJm1sV2vYyX9m0b5oT4h'],
  importedBy: ['', ['The night desk']],
  after: ['', 4711],
  'Last-Event-ID': ['', '4711'],
  kind: ['Which kind.']
}
