import type { Language } from './language.ts'
import { documents, groups, outlets, particles, people } from './scandinavian.ts'

export const sv: Language = {
  tag: 'sv',
  frequent:
    'och i att det som en på är av för med den till inte har de om ett han var men sig från vi så kan när hon ska också eller efter blev nu mycket',
  verbs: {
    say: `säger sade sa sagt säga svarar svarade menar menade förklarar förklarade berättar berättade understryker underströk
      varnar varnade tillägger tillade frågar frågade ropade ropar hävdar hävdade medger medgav lovar lovade påpekar påpekade
      uttalar konstaterar konstaterade uppger uppgav kommenterar kommenterade fortsätter anser ansåg`,
    write: 'skriver skrev twittrar twittrade',
    report: 'rapporterar rapporterade meddelar meddelade',
    confirm: 'bekräftar bekräftade',
    call: 'kallar kallade beskriver beskrev',
    think: 'tror trodde hoppas fruktar väntar',
    show: 'visar visade',
    stance: 'vill önskar kräver'
  },
  auxiliaries: 'har hade är var',
  unreal: 'inte aldrig kunde skulle ingen',
  pronouns: { he: 'han', she: 'hon', they: 'de', it: 'det', first: 'jag vi' },
  determiners: 'en ett den det två tre fyra fem flera några många andra sin sina hans hennes deras',
  prepositions: 'av i på till för med vid från om över under mot efter före sedan mellan utan enligt hos',
  conjunctions: 'och men eller när medan då eftersom',
  relatives: 'som',
  complementizers: 'att om',
  adverbs: 'också senare nu då så igen ännu redan vidare',
  according: 'enligt',
  people,
  groups,
  documents,
  outlets,
  feminine: /(?:kvinna|mor)$/,
  masculine: /(?:talsman|far)$/,
  particles,
  abbreviations: 'dr prof nr',
  verbSecond: true,
  dialogueDash: true
}
