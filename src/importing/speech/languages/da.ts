import type { Language } from './language.ts'
import { documents, groups, outlets, particles, people } from './scandinavian.ts'

export const da: Language = {
  tag: 'da',
  frequent:
    'og i at det er på som en til af for med den ikke har de om et fra han var vi men sig så efter bliver blev kan ved hun skal også eller nu siger hvor',
  verbs: {
    say: `siger sagde sagt sige svarer svarede mener mente forklarer forklarede fortæller fortalte understreger understregede
      advarer advarede tilføjer tilføjede spørger spurgte råbte råber hævder hævdede indrømmer indrømmede lover lovede
      påpeger påpegede udtaler udtalte konstaterer oplyser oplyste kommenterer fortsætter lyder lød`,
    write: 'skriver skrev tweeter tweetede',
    report: 'melder meldte rapporterer',
    confirm: 'bekræfter bekræftede',
    call: 'kalder kaldte beskriver beskrev',
    think: 'tror troede håber frygter venter',
    show: 'viser viste',
    stance: 'vil ønsker kræver'
  },
  auxiliaries: 'har havde er var',
  unreal: 'ikke aldrig kunne ville skulle ingen',
  pronouns: { he: 'han', she: 'hun', they: 'de', it: 'det', first: 'jeg vi' },
  determiners: 'en et den det to tre fire fem flere nogle mange andre sin sine hans hendes deres',
  prepositions: 'af i på til for med ved fra om over under mod efter før siden mellem uden ifølge hos',
  conjunctions: 'og men eller når mens da fordi hvis',
  relatives: 'som der',
  complementizers: 'at om',
  adverbs: 'også senere nu da så igen endnu allerede videre',
  according: 'ifølge',
  people,
  groups,
  documents,
  outlets,
  feminine: /(?:kvinde|mor)$/,
  masculine: /(?:talsmand|far)$/,
  particles,
  abbreviations: 'dr prof nr',
  verbSecond: true,
  dialogueDash: true
}
