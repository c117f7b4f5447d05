// Labels of nodes and relations, as pictures show them.
import type { ProvenanceNode } from '../provenance/schema.ts'

/** How many characters a line has, and how many lines a label. */
const width = 30
const height = 4

/** Control characters, which no picture can show and XML 1.0 forbids, and lone surrogates. */
const unprintable = /[\p{Cc}\ufffe\uffff]/gu

/** A text on one line, without what cannot be shown. */
export const printable = (text: string) =>
  text.toWellFormed().replace(/\s+/gu, ' ').replace(unprintable, '').trim()

/** What kind of node it is, in words. */
export const titles: Record<ProvenanceNode['kind'], string> = {
  article: 'Article',
  quote: 'Quote',
  claim: 'Claim',
  source: 'Source',
  unnamed: 'Not named'
}

/** The kind of a node in words, and whether it can still be read. */
export const titleOf = ({ kind, state }: ProvenanceNode) =>
  state && state !== 'published' ? `${titles[kind]}, ${state}` : titles[kind]

/** What a node says: quotes in quotation marks, sources with their role. */
export function labelOf({ kind, label, role }: ProvenanceNode): string {
  if (kind === 'quote') return `“${printable(label)}”`
  return printable(role ? `${label}, ${role}` : label)
}

/** A label in lines; what is too long ends in an ellipsis. */
export function linesOf(label: string): string[] {
  const lines: string[] = []
  for (const word of label.split(' ').flatMap(piecesOf)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  if (lines.length <= height) return lines
  return [...lines.slice(0, height - 1), `${lines[height - 1]!.slice(0, width - 1)}…`]
}

/** A word that is longer than a line, in pieces. */
const piecesOf = (word: string) => {
  const letters = [...word]
  const pieces: string[] = []
  for (let i = 0; i < letters.length; i += width) pieces.push(letters.slice(i, i + width).join(''))
  return pieces
}

/** Relations as words: `first_reported` is "first reported". */
export const relationOf = (relation: string) => relation.replaceAll('_', ' ')
