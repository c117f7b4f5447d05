// Checks of the article as a whole: missing parts, legal hold, embargo.
import type { Article } from '../../content/articles/schema.ts'
import { plainText } from '../../content/body/text.ts'
import { isVisible } from '../../http/schemas.ts'
import { type Check, failureIf, forEachItem } from './check.ts'
import { unnamedSources } from './unnamed.ts'

/** The longest headline that search engines and news aggregators show in full. */
const longestTitle = 110

/** The tolerated clock skew of editorial tools, in ms. */
const clockTolerance = 60_000

export const articleChecks: Check[] = [
  {
    code: 'headline-too-long',
    severity: 'warning',
    fix: `Shorten the title to ${longestTitle} characters.`,
    find({ article }) {
      const { length } = [...article.title]
      return failureIf(length > longestTitle, '/title', `The title is ${length} characters long.`)
    }
  },
  {
    code: 'words-missing',
    severity: 'error',
    fix: 'Write the story, or waive this for one that is told without words.',
    find: ({ body }) =>
      failureIf(!isVisible(plainText(body)), '/body', 'The body of the article has no words.')
  },
  {
    code: 'published-in-future',
    severity: 'error',
    fix: 'To publish it then, leave publishedAt out and POST /v1/articles/{id}/schedule with `publishAt`; otherwise give a date that is not in the future.',
    find: ({ article: { publishedAt }, at }) =>
      failureIf(
        publishedAt !== null && Date.parse(publishedAt) > Date.parse(at) + clockTolerance,
        '/publishedAt',
        `The article would be dated ${publishedAt} from now on, above all others in every list: publishing later is what \`schedule\` is for.`
      )
  },
  {
    code: 'byline-missing',
    severity: 'warning',
    fix: 'Say in `bylines` who wrote it.',
    find: ({ article }) =>
      // Articles with unnamed sources have a check of their own (unnamed-without-byline).
      failureIf(
        article.bylines.length === 0 && unnamedSources(article).length === 0,
        '/bylines',
        'Nobody is named as its author.'
      )
  },
  {
    code: 'language-missing',
    severity: 'warning',
    fix: 'Say in `language` which one it is written in, as a BCP 47 tag such as en.',
    find: ({ article }) =>
      failureIf(article.language === 'und', '/language', 'The language of the article is not known.')
  },
  {
    code: 'section-missing',
    severity: 'warning',
    fix: 'Give the article a section.',
    find: ({ article }) =>
      failureIf(article.section === null, '/section', 'The article is in no section, so no section lists it.')
  },
  {
    code: 'correction-without-target',
    severity: 'warning',
    fix: 'Give the correction another target, or none: it then corrects the article itself.',
    find({ article }) {
      const parts = partsOf(article)
      return forEachItem('/corrections', article.corrections, ({ id, target }, at) => {
        const [name, part] = Object.entries(target ?? {})[0] ?? ['', '']
        const gone = target !== null && !parts.has(part)
        return failureIf(
          gone,
          `${at}/target/${name}`,
          `The correction ${id} is about ${part}, which does not belong to the article any more.`
        )
      })
    }
  },
  {
    code: 'under-embargo',
    severity: 'error',
    final: true,
    fix: 'Publish the article when the embargo has ended.',
    find: ({ embargoUntil, at }) =>
      failureIf(
        embargoUntil !== null && embargoUntil > at,
        '/embargoUntil',
        `The article is under embargo until ${embargoUntil}.`
      )
  },
  {
    code: 'media-under-embargo',
    severity: 'error',
    final: true,
    fix: 'Publish the article when the embargo has ended, or show something else.',
    find: ({ article, mediaEmbargoes, at: now }) =>
      forEachItem('/media', article.media, ({ id, kind }, at) => {
        const until = mediaEmbargoes.get(id)
        return failureIf(
          until !== undefined && until > now,
          at,
          `The ${kind} ${id} is under embargo until ${until}.`
        )
      })
  },
  {
    code: 'legal-hold',
    severity: 'error',
    final: true,
    fix: 'Wait until the legal hold is lifted.',
    find: ({ legalHold }) => failureIf(legalHold, '/legalHold', 'The article is under legal hold.')
  },
  {
    code: 'slug-taken',
    severity: 'error',
    final: true,
    fix: 'Give the article another slug, or publish or withdraw the one that stands there.',
    find: ({ article, slugTaken }) =>
      failureIf(slugTaken, '/slug', `Another published article still stands at ${article.slug}.`)
  }
]

/** The ids that a correction of the article may target. */
const partsOf = ({ quotes, attributions, media }: Article) =>
  new Set(
    [
      ...quotes,
      ...quotes.flatMap(({ attributions }) => attributions),
      ...attributions,
      ...media.flatMap(({ credits }) => credits)
    ].map(({ id }) => id)
  )
