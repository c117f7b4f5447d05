import { type Language, stems } from './language.ts'

const are = stems(
  'dichiar afferm spieg assicur raccont comment critic denunci annunci inform conferm lament sottoline rivel not osserv ricord precis evidenzi domand replic',
  'a|ano|ò|arono|ava|avano|ato|ando'
)

export const it: Language = {
  tag: 'it',
  frequent:
    'il lo la i gli le di che e un una in per con del della dei si è non più sono ha come anche al da nel alla dal ma questo questa suo sua stato',
  verbs: {
    say: `${are} detto dice dicono disse dissero diceva risponde risposto rispose aggiunge aggiunto aggiunse insiste
      avverte avvertito sostiene sostenuto riconosce ammette ammesso conclude concluso promette promesso spiegato
      chiede chiesto ribadisce ribadito riferisce riferito`,
    write: 'scrive scritto scrisse scrivono twitta pubblica',
    report: 'riporta riportato',
    confirm: 'conferma confermato',
    call: 'definisce definito chiama chiamato descrive',
    think: 'crede pensa spera teme ritiene',
    show: 'mostra rivela',
    stance: 'vuole rifiuta propone'
  },
  auxiliaries: 'ha hanno aveva avevano',
  unreal: 'non mai potrebbe dovrebbe',
  pronouns: { he: 'lui egli', she: 'lei', they: 'loro', it: '', first: 'io noi' },
  determiners: `il lo la i gli le l’ un uno una un’ due tre quattro alcuni alcune vari suo sua suoi questo questa altro altra
    altri molti`,
  prepositions:
    'di del della dei delle dello dell’ a al alla in nel nella con per su sul secondo tra fra da dal dalla contro senza dopo durante',
  conjunctions: 'e ma o quando mentre come se perché anche',
  relatives: 'che cui quale',
  complementizers: 'che se',
  adverbs: 'anche dopo poi ieri oggi già ancora inoltre così',
  according: 'secondo|stando a|a detta di',
  people:
    'portavoce|president[ei]|presidentessa|dirett(?:ore|rice|ori)|ministr[oai]|sindac[oa]|ingegner[ei]|sindacalist[aie]|dipendent[ei]|vicin[oai]|testimon[ei]|espert[oai]|avvocat[oai]|giudic[ei]|analist[aie]|ricercat(?:ore|rice|ori)|profess(?:ore|oressa|ori)|medic[oi]|giornalist[aie]|scritt(?:ore|rice)|aut(?:ore|rice)|att(?:ore|rice)|allenat(?:ore|rice)|giocat(?:ore|rice|ori)|lavorat(?:ore|rice|ori)|deputat[oai]|senat(?:ore|rice|ori)|segretari[oa]|cap[oi]|leader|candidat[oai]|funzionar[io]+|font[ei]|donn[ae]|uom(?:o|ini)|madre|padre|capitano|proprietari[oa]|agricolt(?:ore|ori)|pescat(?:ore|ori)|student[ei]|consiglier[ei]|assess(?:ore|ora)|economist[aie]|rett(?:ore|rice)',
  groups:
    'governo|ministero|polizia|partito|banca|associazione|sindacato|azienda|società|comune|consiglio|commissione|tribunale|università|agenzia|gruppo|organizzazione|federazione|fondazione|procura',
  documents: 'rapport[oi]|studi[o]?|sondaggi[o]?|comunicato|lettera|documento|articolo|testo|nota|legge',
  outlets: 'giornale|quotidiano|rivista|agenzia|rete|radio|settimanale',
  feminine: /(?:a|trice|essa)$/,
  masculine: /(?:o|ore)$/,
  particles: 'di de del della dei da la lo von van',
  abbreviations: 'Sig Dott Prof Avv On',
  incise: true,
  dropsPronouns: true
}
