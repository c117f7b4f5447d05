// What every framework draws: elements as data, so that HTML, React, Vue and Svelte have the same markup.
import type { Attribution, Correction, Media, Quote, Schema, Source } from '../index.ts'

/** The parts of an article that its words refer to. Any edition of an article has them. */
export interface Story {
  body: Schema<'ArticleBody'>
  media: Media[]
  quotes: Quote[]
  attributions: Attribution[]
  corrections: Correction[]
  sources: Source[]
  leadMedia?: Media | null
  leadMediaId?: string | null
}

/** The words that are not the story's own; give those of your language. */
export interface Words {
  correction: string
  clarification: string
  update: string
  editors_note: string
  retraction: string
  /** What a chain calls an article of ours that it goes on in. */
  article: string
  /** Before a date: `Published`. */
  was: string
  now: string
}

export const english: Words = {
  correction: 'Correction',
  clarification: 'Clarification',
  update: 'Update',
  editors_note: 'Editor’s note',
  retraction: 'Retraction',
  article: 'our reporting',
  was: 'Was',
  now: 'Now'
}

/** A story with the words to draw it in. */
export interface View {
  story: Story
  words: Words
}

export const viewOf = (story: Story, words: Partial<Words> = {}): View => ({
  story,
  words: { ...english, ...words }
})

export interface Element {
  tag: string
  attributes: Record<string, string | number | true>
  children: Markup[]
}

/** Text, an element, Portable Text within it, or the place where a framework puts the children of a component. */
export type Markup = string | Element | { blocks: Schema<'TextBlock'>[] } | { slot: true }

export const slot: Markup = { slot: true }

type Attributes = Record<string, string | number | true | null | undefined>

/** An element without the attributes that have no value. */
export function element(tag: string, attributes: Attributes = {}, ...children: Markup[]): Element {
  const given = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, value] as const]
  )
  return { tag, attributes: Object.fromEntries(given), children }
}

const schemes = ['http:', 'https:', 'mailto:', 'tel:', 'sms:']

/** An address that runs no script when it is followed or loaded; undefined for any other. */
export function safeUrl(address: string): string | undefined {
  try {
    return schemes.includes(new URL(address, 'https://relative.invalid').protocol) ? address : undefined
  } catch {
    return undefined
  }
}

/** The body as Portable Text. Throws a TypeError for one that was asked for as a string (`body=html`): it is drawn already. */
export function bodyOf({ body }: Story): Schema<'Body'> {
  if (typeof body === 'string')
    throw new TypeError(
      'The body is a string. Ask for the article without `body=` to draw its Portable Text.'
    )
  return body
}
