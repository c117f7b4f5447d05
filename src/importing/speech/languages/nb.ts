import type { Language } from './language.ts'
import { documents, groups, outlets, particles, people } from './scandinavian.ts'

export const nb: Language = {
  tag: 'nb',
  frequent:
    'og i det er på som en til å av for at med ikke har den om et fra de han var vi men seg så etter blir ble kan ved hun skal også eller enn nå sier',
  verbs: {
    say: `sier sa sagt si svarer svarte mener mente forklarer forklarte forteller fortalte understreker understreket advarer advarte
      legger la spør spurte ropte roper hevder hevdet innrømmer innrømmet lover lovet påpeker påpekte uttaler uttalte
      fastslår fastslo opplyser opplyste kommenterer kommenterte tilføyer tilføyde erkjenner fortsetter fortsatte`,
    write: 'skriver skrev tvitrer tvitret',
    report: 'melder meldte rapporterer',
    confirm: 'bekrefter bekreftet',
    call: 'kaller kalte beskriver beskrev',
    think: 'tror trodde håper frykter venter',
    show: 'viser viste',
    stance: 'vil ønsker krever'
  },
  auxiliaries: 'har hadde er var',
  unreal: 'ikke aldri kunne ville skulle ingen',
  pronouns: { he: 'han', she: 'hun', they: 'de', it: 'det', first: 'jeg vi' },
  determiners: 'en et ei den det to tre fire fem flere noen mange andre sin sine hans hennes deres',
  prepositions: 'av i på til for med ved fra om over under mot etter før siden mellom uten ifølge hos',
  conjunctions: 'og men eller når mens da fordi hvis selv',
  relatives: 'som',
  complementizers: 'at om',
  adverbs:
    'også senere nå da så igjen ennå allerede videre tirsdag mandag onsdag torsdag fredag lørdag søndag',
  according: 'ifølge|i følge',
  people,
  groups,
  documents,
  outlets,
  feminine: /(?:kvinne|mor|inne)$/,
  masculine: /(?:talsmann|far)$/,
  particles,
  abbreviations: 'dr prof nr',
  verbSecond: true,
  dialogueDash: true
}
