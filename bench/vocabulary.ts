// A language to write in: the small words of English, and 20,000 others that can be pronounced.
import { below, type Random, seeded, weighted, zipf } from './random.ts'

/** The small words of English, the most frequent first. */
export const smallWords =
  `the of and to in a is that for it was on with as be at by this had not are but from or have an they which one
you were her all she there would their we him been has when who will more no if out so said what up its about into than them can
only other new some could time these two may then do first any my now such like our over man me even most made after also did many
before must through back years where much your way well down should because each just those people how too little state good very
make world still own see men work long get here between both life being under never day same another know while last might us
great old year off come since against go came right used take three`.split(/\s+/)

const onsets =
  'b bl br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sh sk sl st t th tr v w y z'.split(' ')
const nuclei = 'a a e e i i o o u ai au ea ee ie oa oo ou'.split(' ')
const codas = ['', '', '', 'l', 'm', 'n', 'r', 's', 't', 'nd', 'ng', 'rk', 'rt', 'st']

/** Words beside the small ones, the most frequent first. */
export const contentWords = invented(20_000)
const words = [...smallWords, ...contentWords]

/** Running text is half small words, and each half follows Zipf's law. */
const anyWord = weighted([...half(zipf(smallWords.length, 0.9)), ...half(zipf(contentWords.length))])
const anyContent = weighted(zipf(contentWords.length))

function half(weights: number[]) {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** Words of one to three syllables, each once: the frequent ones are short. */
function invented(length: number): string[] {
  const random = seeded(7)
  const of = (parts: string[]) => parts[below(random, parts.length)]!
  const known = new Set(smallWords)
  while (known.size < smallWords.length + length) {
    const syllables = known.size < 4000 ? 1 + below(random, 2) : 2 + below(random, 2)
    let word = ''
    for (let i = 0; i < syllables; i++) word += of(onsets) + of(nuclei)
    known.add(word + of(codas))
  }
  return [...known].slice(smallWords.length)
}

/** So many words of running text. */
export function phrase(random: Random, length: number): string {
  let text = words[anyWord(random)]!
  for (let i = 1; i < length; i++) text += ` ${words[anyWord(random)]!}`
  return text
}

/** So many words of which most are telling, as headlines have them. */
export function headline(random: Random, length: number): string {
  const picked = Array.from({ length }, () =>
    random() < 0.8 ? contentWords[anyContent(random)]! : words[anyWord(random)]!
  )
  return capital(picked.join(' '))
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A sentence of so many words. */
export function sentence(random: Random, length: number): string {
  if (length < 12) return `${capital(phrase(random, length))}.`
  const first = 5 + below(random, length - 10)
  return `${capital(phrase(random, first))}, ${phrase(random, length - first)}.`
}

/** Two given words as a name. */
export const fullName = (random: Random) =>
  `${capital(contentWords[below(random, 20_000)]!)} ${capital(contentWords[below(random, 20_000)]!)}`
