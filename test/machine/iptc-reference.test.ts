// The reference image of the IPTC Photo Metadata Standard, field by field: what ExifTool reads of it, and what the API does.
// The image is IPTC's: IPTC_REFERENCE names a copy. The table is printed; docs/iptc-reference.md has it.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { app, folder } from '../support/app.ts'
import { uploaded } from '../support/pictures.ts'
import { canonical, names } from './iptc-values.ts'
import { missing } from './programs.ts'

const image = process.env.IPTC_REFERENCE
const needed = image
  ? missing('exiftool', 'libimage-exiftool-perl')
  : { skip: 'IPTC_REFERENCE names no copy of the reference image (2023.2, of iptc.org)' }

interface Said {
  values: { xmp: Record<string, unknown>; iim: Record<string, string[]>; exif: Record<string, unknown> }
  faults: string[]
}

/** A value as a cell of a table has it. */
const cell = (value: unknown) => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text.length > 60 ? `${text.slice(0, 57)}...` : text).replaceAll('|', '\\|')
}

t.test('every field of the reference image is read exactly', needed, async (t) => {
  const config = join(folder(t), 'config.pl')
  // Older releases do not know this one.
  const userDefined = `%Image::ExifTool::UserDefined = ('Image::ExifTool::PLUS::XMP' => { DataMining => {} });`
  writeFileSync(config, userDefined)
  const told = execFileSync('exiftool', [
    '-config',
    config,
    '-j',
    '-struct',
    '-n',
    '-G1',
    '-charset',
    'iptc=utf8',
    image!
  ])
  const [tags] = JSON.parse(String(told)) as [Record<string, unknown>]
  const client = await app(t)
  const { id } = await uploaded(client, readFileSync(image!))
  const { values, faults } = (await client.get(`/v1/media/${id}/metadata`)).json<Said>()
  t.same(faults, [])
  const xmp = Object.fromEntries(Object.entries(values.xmp).map(([name, one]) => [name.toLowerCase(), one]))
  const iim = Object.values(values.iim).map((all) => JSON.stringify(canonical(all.length > 1 ? all : all[0])))
  const rows: string[] = []
  for (const [name, value] of Object.entries(tags)) {
    const [group, own] = name.split(':') as [string, string]
    const isOfStandard =
      group === 'IPTC' || (/^XMP-(?!x$|xmpMM|pdf|exif)/.test(group) && own !== 'XMPToolkit')
    // The version of the record is none of its fields.
    if (!isOfStandard || own === 'ApplicationRecordVersion') continue
    // IIM has dates and times without marks.
    const raw = group === 'IPTC' && /Date|Time/.test(own) ? String(value).replaceAll(':', '') : value
    const wanted = JSON.stringify(canonical(raw))
    const [key, language] = own.toLowerCase().split('-') as [string, string | undefined]
    const read = xmp[names[key] ?? key]
    const ours = language && group !== 'IPTC' ? (read as Record<string, unknown>)[language] : read
    const isExact = group === 'IPTC' ? iim.includes(wanted) : JSON.stringify(canonical(ours)) === wanted
    t.ok(isExact, `${name}: ${wanted} and ${JSON.stringify(ours)}`)
    rows.push(`| ${name} | ${cell(value)} | ${isExact ? 'exact' : cell(ours ?? null)} |`)
  }
  const fields = Object.keys(tags).filter((name) =>
    /^(IFD0|ExifIFD):(ImageDescription|Artist|Copyright|DateTimeOriginal|OffsetTimeOriginal)$/.test(name)
  )
  for (const name of fields) {
    const isExact = String(values.exif[name.split(':')[1]!]) === String(tags[name])
    t.ok(isExact, `${name}: ${JSON.stringify(values.exif)}`)
    rows.push(
      `| ${name} | ${cell(tags[name])} | ${isExact ? 'exact' : cell(values.exif[name.split(':')[1]!] ?? null)} |`
    )
  }
  t.ok(rows.length > 85, `${rows.length} fields`)
  t.comment(`\n| field | as ExifTool reads it | here |\n|---|---|---|\n${rows.join('\n')}\n`)
})
