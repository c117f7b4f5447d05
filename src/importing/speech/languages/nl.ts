import { type Language, stems } from './language.ts'

const weak = stems(
  'zeg antwoord verklaar vertel meld reageer vervolg benadruk waarschuw bevestig beaam klaag herhaal vraag',
  't|de|den|te|ten'
)

export const nl: Language = {
  tag: 'nl',
  frequent:
    'de het een van en in is dat op te zijn met voor niet die er aan om ook als maar bij naar door dan nog uit wordt werd heeft hij zij ze worden over deze',
  verbs: {
    say: `${weak} zegt zei zeggen zeiden aldus antwoordt antwoordde vindt vond vinden stelt stelde legt legde voegt voegde vroeg vroegen
      verklaarde verklaart vertelde vertelt benadrukt benadrukte meent meende riep roept belooft beloofde erkent erkende
      concludeert concludeerde denkt reageert reageerde liet laat`,
    tell: 'verzekerde informeerde',
    write: 'schreef schrijft schreven schrijven twitterde twittert',
    report: 'meldde meldt melden berichtte bericht',
    confirm: 'bevestigde bevestigt',
    call: 'noemt noemde noemen noemden omschreef omschrijft',
    think: 'gelooft denkt hoopt vreest verwacht',
    show: 'toont blijkt',
    stance: 'wil weigert eist'
  },
  auxiliaries: 'heeft hebben had hadden is was',
  unreal: 'niet nooit zou zouden kan kon geen',
  pronouns: { he: 'hij', she: 'zij ze', they: '', it: 'het', first: 'ik wij we' },
  determiners: `de het een twee drie vier vijf enkele sommige veel verschillende zijn haar hun deze die dit andere meerdere een`,
  prepositions:
    'van in op aan voor met bij te uit naar over onder tegen door om sinds tijdens na tussen zonder tot volgens',
  conjunctions: 'en maar of als terwijl toen omdat hoewel want zoals',
  relatives: 'die dat wie',
  complementizers: 'dat of',
  adverbs: 'ook later toen nu nog al gisteren vandaag verder bovendien eerder daarna',
  according: 'volgens|aldus',
  people: String.raw`[\p{L}-]*(?:woordvoerder|woordvoerster|leider|minister|burgemeester|directeur|directrice|voorzitter|baas|chef|ambtenaar|ambtenaren|bewoner|getuige|deskundige|advocaat|rechter|onderzoeker|hoogleraar|professor|leraar|lerares|arts|journalist|schrijver|schrijfster|auteur|acteur|actrice|trainer|coach|speler|kamerlid|wethouder|secretaris|kandidaat|bron|bronnen|vrouw|man|moeder|vader|kapitein|eigenaar|boer|visser|student|agent|ingenieur|medewerker|vakbondsman|econoom|analist|historicus|demonstrant)(?:en|s|n)?`,
  groups: String.raw`[\p{L}-]*(?:regering|ministerie|politie|partij|bank|vereniging|vakbond|bedrijf|gemeente|raad|commissie|rechtbank|universiteit|agentschap|groep|organisatie|stichting|om)`,
  documents: String.raw`[\p{L}-]*(?:rapport|onderzoek|studie|enquête|peiling|verklaring|brief|document|artikel|tekst|wet)`,
  outlets: String.raw`[\p{L}-]*(?:krant|dagblad|tijdschrift|weekblad|persbureau|omroep|zender)`,
  feminine: /(?:ster|rice|vrouw|moeder|es)$/,
  masculine: /(?:man|vader|leider)$/,
  particles: 'van de der den het ter ten von',
  abbreviations: 'dr prof mr drs ir',
  verbSecond: true
}
