// What JSON-LD tells of the words of a story, held against the part of the page that was chosen as the story.
import type { Element } from '../../content/body/html/tree.ts'
import { type Json, objectsIn, plain } from '../metadata/jsonld.ts'
import type { MainContent } from './main-content.ts'
import { isInvisible } from './text-density.ts'

const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** Shorter ones stand in many places of a page. */
const shortest = 20
const longest = 40
const maxSentences = 40

/** Stretches of the words that JSON-LD gives as those of the story: an article's body, the steps of a recipe. */
function stretchesIn(elements: Element[]): string[] {
  const story = objectsIn(elements).find(
    ({ articleBody, recipeInstructions }) => articleBody !== undefined || recipeInstructions !== undefined
  )
  const { articleBody, recipeInstructions, recipeIngredient } = story ?? {}
  const words = [articleBody, recipeInstructions, recipeIngredient].flatMap(stringsIn)
  const sentences = words.flatMap((text) => plain(text).split(/(?<=[.!?])\s+/)).map(letters)
  const fit = sentences.filter((one) => one.length >= shortest).map((one) => one.slice(0, longest))
  const step = Math.max(1, Math.floor(fit.length / maxSentences))
  return fit.filter((_, i) => i % step === 0)
}

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.isWellFormed() ? [value] : []
  if (Array.isArray(value)) return value.flatMap(stringsIn)
  if (typeof value !== 'object' || value === null) return []
  const { text, itemListElement }: Json = { ...value }
  return [text, itemListElement].flatMap(stringsIn)
}

/**
 * What was chosen as the story; where less than half of the words that JSON-LD gives as those of the story are shown there,
 * the smallest part of the page that shows them all, and nothing left out that holds them.
 */
export function withWordsOfJsonLd(root: Element, elements: Element[], chosen: MainContent): MainContent {
  const stretches = stretchesIn(elements)
  if (stretches.length < 3) return chosen
  const { text, places } = placesIn(root)
  const found = stretches.map((one) => text.indexOf(one)).filter((at) => at >= 0)
  const holders = found.map(
    (at) => new Set([...places].flatMap(([one, { from, to }]) => (from <= at && at < to ? [one] : [])))
  )
  const shown = holders.filter((some) => some.has(chosen.story) && ![...some].some(chosen.isLeftOut))
  if (found.length < stretches.length / 2 || shown.length >= found.length / 2) return chosen
  const kept = new Set(holders.flatMap((some) => [...some]))
  // Each element comes after those around it, and the root holds them all.
  const story = [...places.keys()].findLast((element) => holders.every((some) => some.has(element)))!
  return {
    ...chosen,
    story,
    isLeftOut: (element) => !kept.has(element) && chosen.isLeftOut(element)
  }
}

interface Place {
  from: number
  to: number
}

/** The letters that a page shows, and which of them each element holds. */
function placesIn(root: Element): { text: string; places: Map<Element, Place> } {
  const parts: string[] = []
  const places = new Map<Element, Place>()
  let length = 0
  const walk = (element: Element) => {
    const place = { from: length, to: length }
    places.set(element, place)
    for (const child of element.children) {
      if (typeof child === 'string') {
        const part = letters(child)
        parts.push(part)
        length += part.length
      } else if (!isInvisible(child)) walk(child)
    }
    place.to = length
  }
  walk(root)
  return { text: parts.join(''), places }
}
