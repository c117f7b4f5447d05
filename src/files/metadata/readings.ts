// Which properties of XMP, IIM and EXIF say the same, and what each says.
import { beginOf, endOf, exifPictureDate, iimPictureDate, isoPictureDate, type PictureDate } from './dates.ts'
import type { XmpValue } from './xmp.ts'

/** Everything that a picture says, by the names of its properties. */
export interface Properties {
  xmp: Record<string, XmpValue>
  iim: Record<string, string[]>
  exif: Record<string, string>
}

export type Place = 'xmp' | 'iim' | 'exif'

/** What one place says of a field of the proposal. */
export interface Reading {
  field: string
  place: Place
  property: string
  value: string | string[] | PictureDate
}

/** A text of XMP: the default language, otherwise the first. */
export function textOf(value: XmpValue | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return textOf(value[0])
  return textOf(value['x-default'] ?? Object.values(value)[0])
}

/** The texts of a list of XMP; a text alone is a list of one. */
const listOf = (value: XmpValue | undefined): string[] =>
  (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')

/** A member of each structure of a list. */
const membersOf = (value: XmpValue | undefined, member: string): string[] =>
  [value ?? []].flat().flatMap((item) => {
    const text = typeof item === 'object' && !Array.isArray(item) ? textOf(item[member]) : ''
    return text === '' ? [] : [text]
  })

const httpUrl = /^https?:\/\/[^\s/?#]/i
const addressesOf = (texts: string[]) => texts.find((text) => httpUrl.test(text)) ?? ''

const separated = (text: string, by: RegExp) =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '')

type Value = Reading['value'] | undefined
type Rule = [field: string, place: Place, property: string, read: (all: Properties) => Value]

const xmp = (
  field: string,
  property: string,
  read: (value: XmpValue | undefined) => Value = textOf
): Rule => [field, 'xmp', property, ({ xmp }) => read(xmp[property])]
const iimText = (field: string, dataset: string): Rule => [
  field,
  'iim',
  dataset,
  ({ iim }) => iim[dataset]?.[0]?.trim()
]
const iimList = (field: string, dataset: string): Rule => [
  field,
  'iim',
  dataset,
  ({ iim }) => iim[dataset]?.map((text) => text.trim()).filter((text) => text !== '')
]
const exifText = (field: string, tag: string): Rule => [field, 'exif', tag, ({ exif }) => exif[tag]]

const dated = (value: XmpValue | undefined, end: typeof endOf) => {
  const date = isoPictureDate(textOf(value))
  return date && end(date)
}
const iimDated = ({ iim }: Properties, day: string, time: string, end: typeof endOf) => {
  const date = iimPictureDate(iim[day]?.[0], iim[time]?.[0])
  return date && end(date)
}

const term = (value: XmpValue | undefined) => textOf(value).replace(/^https?:.*\/([^/]+)\/?$/, '$1')
const creativeCommons = (value: XmpValue | undefined) =>
  /^https?:\/\/creativecommons\.org\//i.test(textOf(value)) ? textOf(value) : ''

const places = {
  sublocation: ['Location', '2:92', 'Sublocation'],
  city: ['City', '2:90', 'City'],
  state: ['State', '2:95', 'ProvinceState'],
  country: ['Country', '2:101', 'CountryName'],
  countryCode: ['CountryCode', '2:100', 'CountryCode']
}

/** What is read, of each field in the order XMP, IIM, EXIF. */
const rules: Rule[] = [
  xmp('creators', 'creator', listOf),
  iimList('creators', '2:80'),
  ['creators', 'exif', 'Artist', ({ exif }) => separated(exif.Artist ?? '', /;/)],
  xmp('suppliers', 'ImageSupplier', (value) => membersOf(value, 'ImageSupplierName')),
  xmp('suppliers', 'Source', listOf),
  iimList('suppliers', '2:115'),
  xmp('creditLine', 'Credit'),
  iimText('creditLine', '2:110'),
  xmp('copyrightNotice', 'rights'),
  iimText('copyrightNotice', '2:116'),
  exifText('copyrightNotice', 'Copyright'),
  xmp('copyrightHolder', 'CopyrightOwner', (value) => membersOf(value, 'CopyrightOwnerName').join(', ')),
  xmp('usageTerms', 'UsageTerms'),
  xmp('licenceUrl', 'license', (value) => addressesOf(listOf(value))),
  xmp('licenceUrl', 'WebStatement', creativeCommons),
  xmp('webStatement', 'WebStatement', (value) => addressesOf(listOf(value))),
  xmp('licensor', 'Licensor', (value) => membersOf(value, 'LicensorName')[0]),
  xmp('acquireLicensePage', 'Licensor', (value) => addressesOf(membersOf(value, 'LicensorURL'))),
  xmp('expiresAt', 'expirationDate', (value) => dated(value, endOf)),
  xmp('expiresAt', 'LicenseEndDate', (value) => dated(value, endOf)),
  ['expiresAt', 'iim', '2:37', (all) => iimDated(all, '2:37', '2:38', endOf)],
  xmp('embargoUntil', 'embargoDate', (value) => dated(value, beginOf)),
  xmp('embargoUntil', 'LicenseStartDate', (value) => dated(value, beginOf)),
  ['embargoUntil', 'iim', '2:30', (all) => iimDated(all, '2:30', '2:35', beginOf)],
  xmp('territories', 'RegionConstraints', (value) => separated(textOf(value), /[,;]/)),
  xmp('caption', 'description'),
  iimText('caption', '2:120'),
  exifText('caption', 'ImageDescription'),
  xmp('alt', 'AltTextAccessibility'),
  xmp('longDescription', 'ExtDescrAccessibility'),
  xmp('headline', 'Headline'),
  iimText('headline', '2:105'),
  xmp('title', 'title'),
  iimText('title', '2:5'),
  xmp('people', 'PersonInImage', listOf),
  xmp('people', 'PersonInImageWDetails', (value) => membersOf(value, 'PersonName')),
  xmp('organisations', 'OrganisationInImageName', listOf),
  xmp('keywords', 'subject', listOf),
  iimList('keywords', '2:25'),
  xmp('instructions', 'Instructions'),
  iimText('instructions', '2:40'),
  ...Object.entries(places).flatMap(([field, [core, dataset, member]]) => [
    xmp(field, core!),
    xmp(field, 'LocationShown', (value) => membersOf(value, member!)[0]),
    xmp(field, 'LocationCreated', (value) => membersOf(value, member!)[0]),
    iimText(field, dataset!)
  ]),
  xmp('captured', 'DateCreated', (value) => isoPictureDate(textOf(value))),
  ['captured', 'iim', '2:55', ({ iim }) => iimPictureDate(iim['2:55']?.[0], iim['2:60']?.[0])],
  [
    'captured',
    'exif',
    'DateTimeOriginal',
    ({ exif }) => exifPictureDate(exif.DateTimeOriginal, exif.OffsetTimeOriginal)
  ],
  xmp('digitalSourceType', 'DigitalSourceType', term),
  xmp('dataMining', 'DataMining', (value) => term(value).replace(/^DMI-/, '')),
  xmp('aiSystem', 'AISystemUsed'),
  xmp('aiSystemVersion', 'AISystemVersionUsed'),
  xmp('aiPrompt', 'AIPromptInformation'),
  xmp('aiPromptWriter', 'AIPromptWriterName')
]

const isEmpty = (value: Reading['value']) =>
  (typeof value === 'string' || Array.isArray(value)) && value.length === 0

/** Everything that a picture says of the fields of a proposal, IIM before XMP where the IIM is newer. */
export function readings(all: Properties, isIimNewer: boolean): Reading[] {
  const found = rules.flatMap(([field, place, property, read]): Reading[] => {
    const value = read(all)
    return value === undefined || isEmpty(value) ? [] : [{ field, place, property, value }]
  })
  if (!isIimNewer) return found
  return [...found.filter(({ place }) => place === 'iim'), ...found.filter(({ place }) => place !== 'iim')]
}
