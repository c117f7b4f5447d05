// Stories whose parts can be counted: each tells in `extra` how many it was sent with.
import type { NewStory } from '../src/content/articles/schema.ts'

/** How many parts a story was sent with, and which batch it came in. */
export interface Parts {
  quotes: number
  attributions: number
  hops: number
  tags: number
  bylines: number
  media: number
  credits: number
  batch?: string
  /** How many stories that batch has. */
  of?: number
}

const parts: Parts = { quotes: 2, attributions: 3, hops: 4, tags: 3, bylines: 1, media: 1, credits: 1 }

/** A whole story that passes every check; the name tells it from all others. */
export function story(name: string, more: Partial<Parts> = {}): NewStory {
  return {
    slug: name,
    title: `The story ${name}`,
    language: 'en',
    section: ['harbour', 'council', 'weather'][name.length % 3],
    tags: ['storm', `tag-${name.length}`, name],
    body: {
      text: `"We were told of ${name} too late," Ines Okafor said.\n\n"It holds," Mara Lind told the Gazette. The board agreed on ${name}.`
    },
    sources: [
      { key: 'okafor', kind: 'person', name: 'Ines Okafor', role: 'keeper' },
      { key: 'lind', kind: 'person', name: 'Mara Lind' },
      { key: 'gazette', kind: 'organization', name: 'The Gazette' }
    ],
    bylines: [{ sourceId: 'lind', name: 'Mara Lind' }],
    leadMediaId: 'picture',
    media: [
      {
        key: 'picture',
        kind: 'image',
        url: 'https://pictures.example/pier.jpg',
        caption: `The pier, ${name}`,
        alt: 'A pier.',
        width: 1600,
        height: 900,
        credits: [{ creditLine: 'L. Falk / AFP', creators: ['L. Falk'], suppliers: ['AFP'] }]
      }
    ],
    quotes: [
      {
        text: `We were told of ${name} too late`,
        attributions: [{ hops: [{ sourceId: 'okafor', relation: 'said' }] }]
      },
      {
        text: 'It holds',
        attributions: [
          {
            hops: [
              { sourceId: 'gazette', relation: 'reported' },
              { sourceId: 'lind', relation: 'told' }
            ]
          }
        ]
      }
    ],
    attributions: [
      { claim: `The board agreed on ${name}`, hops: [{ sourceId: 'gazette', relation: 'reported' }] }
    ],
    commentPolicy: { mode: 'premoderated' },
    extra: { parts: { ...parts, ...more } }
  }
}
