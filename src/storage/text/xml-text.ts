// Text in XML 1.0 and in HTML. None of the writers looked at removes the control characters that XML forbids.

/** What is no Char of XML 1.0 (2.2), half surrogates among it. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
/** A parser makes a line feed of a carriage return (2.11), and a space of any white space in an attribute (3.3.3). */
const inText = /[&<>\r]/g
const inAttribute = /[&<>"\t\n\r]/g

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const reference = (character: string) => references[character] ?? `&#${character.charCodeAt(0)};`

const escaped = (text: string, special: RegExp) => text.replace(forbidden, '').replace(special, reference)

/** A text of HTML or of SVG in it, or the value of an attribute between quotation marks of either kind. */
export const escapeMarkup = (text: string) => text.replace(/[&<>"']/g, reference)

/** The content of an element. */
export const escapeText = (text: string) => escaped(text, inText)

/** The value of an attribute between quotation marks. */
export const escapeAttribute = (text: string) => escaped(text, inAttribute)
