// The change log in sentences.
import type { Change } from '../../../changes/log/schema.ts'

type Detail = NonNullable<Change['detail']>

/** Describes an action from its entry in the change log. */
const descriptions: Record<string, string | ((detail: Detail) => string)> = {
  'article create': 'created the article',
  'article update': 'changed the article',
  'article delete': 'deleted the article',
  'article submit': ({ note }) => `handed it in for review${withQuote(note)}`,
  'article approve': ({ note }) => `approved it${withQuote(note)}`,
  'article return': ({ note }) => `returned it${withQuote(note)}`,
  'article schedule': ({ publishAt, withdrawAt, note }) =>
    `scheduled it to be ${[
      ...(publishAt ? [`published at ${publishAt}`] : []),
      ...(withdrawAt ? [`withdrawn at ${withdrawAt}`] : [])
    ].join(' and ')}${withQuote(note)}`,
  'article unschedule': ({ note }) => `took it off the schedule${withQuote(note)}`,
  'article publish': ({ edition, note, waived }) =>
    `published edition ${edition}${waiverList(waived)}${withQuote(note)}`,
  'article withdraw': ({ reason }) => `withdrew it${withQuote(reason)}`,
  'article restore': ({ edition, revision, deletedAt, slug }) => {
    if (deletedAt) return `took it out of the trash${slug ? `, under the new slug ${slug}` : ''}`
    return `went back to ${edition ? `edition ${edition}` : `the draft of version ${revision}`}`
  },
  'article purge': 'deleted the article for good',
  'article flag': ({ reason }) => `found that it needs a review${withQuote(reason)}`,
  'article clear': ({ note }) => `cleared it${withQuote(note)}`,
  'source update': ({ fields }) => `changed a source${fieldList(fields)}`,
  'source create': 'added a source',
  'source delete': 'deleted a source',
  'source merge': 'merged a source into another',
  'source unmerge': 'took back that a source was merged into another',
  'source doubt': ({ reason }) => `put a source in doubt${withQuote(reason)}`,
  'source trust': ({ note }) => `ended the doubts about a source${withQuote(note)}`,
  'media create': 'added a media file',
  'media delete': 'deleted a media file',
  'media update': ({ fields }) => `changed a media file${fieldList(fields)}`,
  'credit create': 'added a credit',
  'credit delete': 'deleted a credit',
  'credit update': ({ fields }) => `changed a credit${fieldList(fields)}`,
  'credit approve': 'approved that a picture is used',
  'credit expire': ({ days }) => `told how many days the right to a picture has left: ${days}`,
  'quote create': 'added a quote',
  'quote update': 'changed a quote',
  'quote delete': 'deleted a quote',
  'attribution create': 'added an attribution',
  'attribution update': 'changed an attribution',
  'attribution delete': 'deleted an attribution',
  'correction create': 'added a correction',
  'correction update': ({ note }) => `changed a correction${withQuote(note)}`,
  'correction delete': 'deleted a correction',
  'error_report create': 'reported an error',
  'error_report accept': 'accepted the report of an error',
  'error_report decline': 'declined the report of an error',
  'error_report delete': 'deleted the report of an error',
  'allegation create': 'marked an allegation',
  'allegation update': 'changed an allegation',
  'allegation delete': 'deleted an allegation',
  'reply_request create': 'asked somebody to comment',
  'reply_request update': 'changed a request for comment',
  'reply_request answer': 'kept the answer to a request for comment',
  'reply_request decline': 'kept that somebody declined to comment',
  'reply_request delete': 'deleted a request for comment',
  'import create': 'read it from a saved page',
  'import review': ({ accepted, corrected, rejected }) =>
    `reviewed what was read from the page: ${accepted} accepted, ${corrected} corrected, ${rejected} rejected`,
  'import finish': 'finished an import',
  'import fail': 'gave up an import',
  'import delete': 'deleted the saved page and what was read from it',
  'preview create': ({ expiresAt }) => `made a preview link until ${expiresAt}`,
  'preview revoke': 'revoked a preview link',
  'comment create': 'sent a comment',
  'comment update': 'edited a comment',
  'comment delete': 'deleted a comment',
  'comment approve': 'approved a comment',
  'comment reject': 'rejected a comment',
  'comment spam': 'marked a comment as spam',
  'comment restore': 'took back what was decided on a comment',
  'comment hold': 'put a comment back before the moderators',
  'comment report': 'reported a comment'
}

/** A sentence: who did what, with their note. */
export function sentence({
  actor,
  kind,
  action,
  detail
}: Pick<Change, 'actor' | 'kind' | 'action' | 'detail'>) {
  const what = descriptions[`${kind} ${action}`]!
  const done = typeof what === 'string' ? what : what(detail ?? {})
  return withFullStop(`${actorName(actor)} ${done}`)
}

/** Actors of the change log that are not people: parts of the program, and anonymous readers. */
const nonHumanActors: Record<string, string> = {
  anonymous: 'A reader',
  timetable: 'The timetable',
  trash: 'The trash',
  reviews: 'The record',
  'command line': 'The command line',
  reports: 'The reports of readers'
}

const actorName = ({ name, role }: Change['actor']) =>
  role ? `${name} (${role})` : (nonHumanActors[name] ?? name)

const withQuote = (words: unknown) => (words ? `: “${words}”` : '')

/** The changed fields; older releases did not log them. */
const fieldList = (fields: unknown) =>
  Array.isArray(fields) && fields.length > 0 ? `: ${fields.join(', ')}` : ''

const waiverList = (waived: unknown) =>
  Array.isArray(waived)
    ? `, waiving ${waived.map(({ code, reason }) => `${code} (“${reason}”)`).join(', ')}`
    : ''

/** Adds a full stop, unless the text ends with one. */
const withFullStop = (text: string) => (/[.!?…]”$/.test(text) ? text : `${text}.`)
