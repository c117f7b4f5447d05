// The forms of an article over HTTP: which of them a request chooses, by `as` or by Accept (RFC 9110, 12.5.1).
import { accepting, memoized, preferred } from '../../http/input/negotiation.ts'
import { type ArticleFormName, articleTypes } from '../schema.ts'

const names = Object.keys(articleTypes) as ArticleFormName[]
/** Whether Accept takes JSON. */
export const acceptsJson = accepting([articleTypes.json])

/**
 * The form that a value of Accept prefers; JSON where it says nothing. A page is the choice only of those that do not
 * take JSON: every browser names HTML first, and people who open an address of the API in one look for JSON.
 */
export function chosenForm(accept: string | undefined): ArticleFormName {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'json'
  return chosen(accept)
}

const chosen = memoized((accept): ArticleFormName => {
  const type = preferred(accept, Object.values(articleTypes))
  const name = names.find((name) => articleTypes[name] === type)!
  return name === 'html' && acceptsJson(accept) ? 'json' : name
})

/** Whether Accept chooses JSON. */
export const choosesJson = (accept: string | undefined) => chosenForm(accept) === 'json'
