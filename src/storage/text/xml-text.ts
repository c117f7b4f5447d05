// Text in XML 1.0 and in HTML. None of the writers looked at removes the control characters that XML forbids.

/** What is no Char of XML 1.0 (2.2), half surrogates among it. */
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

/** To look for one sign after the other is several times as fast as a function that is called for each of them. */
const withReferences = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A text of HTML or of SVG in it, or the value of an attribute between quotation marks of either kind. */
export const escapeMarkup = (text: string) =>
  withReferences(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;')

/** The content of an element. A parser makes a line feed of a carriage return (2.11). */
export const escapeText = (text: string) =>
  withReferences(text.replace(forbidden, '')).replaceAll('\r', '&#13;')

/** The value of an attribute between quotation marks. A parser makes a space of any white space there (2.11, 3.3.3). */
export const escapeAttribute = (text: string) =>
  escapeText(text).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')
