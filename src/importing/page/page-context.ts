import type { Element } from '../../content/body/html/tree.ts'
import type { Json } from '../metadata/jsonld.ts'
import type { Document } from './document.ts'

/** What the page is asked: its elements, its JSON-LD, its addresses. */
export interface PageContext {
  document: Document
  article: Json | undefined
  /** The words of the first of these meta elements. */
  meta: (...names: string[]) => string | undefined
  story: Element
  /** The address the page gives as its own. */
  canonical: string | undefined
}
