// Text in XML 1.0 and in HTML. None of the writers looked at removes the control characters that XML forbids.

/** What is no Char of XML 1.0 (2.2), half surrogates among it. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/**
 * The text with another text in place of each of this sign: of many signs in a third of the time that a function takes which
 * is called for each of them.
 */
const replaced = (text: string, sign: string, by: string) =>
  text.includes(sign) ? text.split(sign).join(by) : text

/** A text with signs of markup as references, between tags. */
export const escapeTags = (text: string) =>
  replaced(replaced(replaced(text, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')

/** A text of HTML or of SVG in it, or the value of an attribute between quotation marks of either kind. */
export const escapeMarkup = (text: string) =>
  replaced(replaced(escapeTags(text), '"', '&quot;'), "'", '&#39;')

/** The content of an element. A parser makes a line feed of a carriage return (2.11). */
export const escapeText = (text: string) => replaced(escapeTags(text.replace(forbidden, '')), '\r', '&#13;')

/** The value of an attribute between quotation marks. A parser makes a space of any white space there (2.11, 3.3.3). */
export const escapeAttribute = (text: string) =>
  replaced(replaced(replaced(escapeText(text), '"', '&quot;'), '\t', '&#9;'), '\n', '&#10;')
