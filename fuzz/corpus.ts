// Texts that programs stumble over.
import { readFileSync } from 'node:fs'

/** Ordinary words, so that something is always found and stored. */
export const words = ['harbour', 'The ferry will keep sailing.', 'winter', 'Ines', 'budget 2026']

/** Texts that must come back byte for byte, or be refused. */
export const nasty = [
  ' leading and trailing ',
  'café',
  'cafe\u0301',
  '\u212b \u00c5 \ufb01 \u1112\u1161\u11ab',
  'I\u0130\u0131i STRA\u00dfE',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467} \u{1f1f3}\u{1f1f4}',
  '\u202eright to left\u202c \u0627\u0644\u0639\u0631\u0628\u064a\u0629',
  'zero\u200bwidth\u200d\ufeff\u2060 joiners',
  'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334alg\u031fo',
  'line\nbreak\r\nand\ttab\u2028\u2029\u0085',
  '\u0001\u0008\u001b[31m\u007f',
  '\ufffd\uffff\u{10ffff}',
  "'; DROP TABLE articles; --",
  '" OR ""="',
  '%00 %s %n {{7*7}} #{7*7} $(id) `id`',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1))',
  '![x](x" onerror="alert(1))',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<!--><svg/onload=alert(1)>-->',
  '&lt;b&gt; &amp; &#0;',
  '../../../../etc/passwd',
  '\\\\server\\share',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '[object Object]',
  'NaN',
  '-0',
  '1e400',
  '0x7fffffffffffffff',
  '2026-02-30T25:61:61Z',
  'true',
  '{"a":1}',
  'NEAR("a" "b", 1) AND * OR "',
  'col:value ^ NOT (',
  '\\u0041\\x41\\101'
]

/** Bodies that are no JSON of ours, whatever the operation. */
export const brokenBodies: (string | Buffer)[] = [
  '{',
  '{"a":1,}',
  "{'a':1}",
  '[1',
  'nul',
  '{"a":NaN}',
  '{"__proto__":{"admin":true}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"a":"\\u0000"}',
  '{"a":"\\ud800"}',
  '\ufeff{"a" 1}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0x22, 0xc0, 0x80, 0x22])
]

/** The texts of a JSON file: a list of strings, or of objects that have one as `payload`, `input` or `json`. */
export function suite(file: string): string[] {
  const entries = JSON.parse(readFileSync(file, 'utf8')) as (string | Record<string, unknown>)[]
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry]
    const { payload, input, json } = entry
    if (typeof json === 'string')
      return [JSON.parse(json) as unknown].filter((one) => typeof one === 'string')
    const text = payload ?? input
    return typeof text === 'string' ? [text] : []
  })
}
