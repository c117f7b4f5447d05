// How a story came about, as far as it is on record: whom it rests on.
import type { Article } from '../../../content/articles/schema.ts'
import { stepsOf } from '../words.ts'
import { sourcesOf } from './statements.ts'

/** What a voice may read of the page of an article: its title, and what it is about. */
export const speakable = (hasDescription: boolean) => ({
  '@type': 'SpeakableSpecification',
  // They are the same on every page, whatever its markup (Google, Speakable).
  xpath: ['/html/head/title', ...(hasDescription ? ["/html/head/meta[@name='description']/@content"] : [])]
})

/** Each source with what it did, once, in the order of the story; undefined where none is on record. */
export function backstory(article: Article): object | undefined {
  const chains = [...article.quotes.flatMap(({ attributions }) => attributions), ...article.attributions]
  const sources = sourcesOf(article)
  const steps = chains.flatMap((chain) => stepsOf(chain, sources)).map(({ who, how }) => `${who}: ${how}.`)
  if (steps.length === 0) return undefined
  return {
    '@type': 'CreativeWork',
    inLanguage: 'en',
    text: `What this story rests on. ${[...new Set(steps)].join(' ')}`
  }
}
