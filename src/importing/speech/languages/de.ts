import { type Language, stems } from './language.ts'

const weak = stems(
  'sag erklär mein beton ergänz berichtt kommentier kritisier versicher beklag bemerk unterstrich äußer erläuter forder warn vermut frag behaupt prophezei präzisier resümier konstatier appellier bekräftig erzähl urteil monier mahn schilder führ stell teil fügt füg kündig räum pflichte wiederhol signalisier jubel schimpf höhn scherz argumentier formulier bilanzier hofft freu lobt',
  't|te|ten'
)

export const de: Language = {
  tag: 'de',
  frequent:
    'der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei',
  verbs: {
    say: `${weak} sagte sagten sagt sagen antwortete antworteten antwortet entgegnete entgegnet erwiderte erwidert
      meinte meint gab gibt hieß heißt heisst wies sprach spricht rief riefen ruft bestätigte betonte bezeichnete
      lautete lautet lauteten begründete erinnerte versprach verspricht beschwerte schloss ergänzte berichtete berichten
      berichtet gestand gesteht bat sah sieht beschrieb beschreibt skandierte skandierten verkündete verkündet warf wirft
      verlangte beteuerte verteidigte reagierte empfahl unterstrich las`,
    utter: 'ließ lässt ließen lassen zitiert zitierte zitierten',
    tell: 'informierte unterrichtete',
    write: 'schrieb schreibt schrieben schreiben twitterte twittert notierte postete',
    report: 'meldete meldet meldeten melden',
    confirm: 'bestätigte bestätigt bestätigten',
    call: 'nannte nennt nannten bezeichnete bezeichnet bezeichneten kritisierte beschrieb sprach',
    think:
      'glaubt glaubte denkt dachte hofft hoffte erwartet erwartete befürchtet befürchtete vermutet fürchtet',
    show: 'zeigt zeigte ergab ergibt',
    stance: 'fordert forderte will wollen plant lehnte lehnt'
  },
  auxiliaries: 'hat haben hatte hatten ist war wurde wird',
  unreal: 'nicht nie könnte würde dürfte sollte kein keine',
  pronouns: { he: 'er', she: 'sie', they: '', it: 'es', first: 'ich wir' },
  determiners: `der die das dem den des ein eine einer einem einen eines mehrere einige zwei drei vier fünf sechs viele manche andere
    ihr ihre sein seine seiner ihrer dessen deren dieser diese dieses jener weitere zahlreiche`,
  oblique: 'dem den des einem einen eines seinem seinen seines ihrem ihren ihres diesem diesen dieses',
  prepositions: `von vom in im an am auf für mit bei beim zu zum zur aus nach über unter gegen durch um vor seit während
    wegen gegenüber zwischen ohne bis laut trotz`,
  conjunctions: 'und aber oder als während wenn weil da obwohl denn sondern wie wo doch',
  relatives: 'der die das welcher welche',
  complementizers: 'dass daß ob',
  adverbs:
    'auch später zuvor dann jetzt noch nun heute gestern bereits weiter zudem außerdem dazu daraufhin wörtlich schließlich gleichzeitig ferner erneut selbst hierzu dabei damals sich jedoch allerdings danach zunächst',
  according:
    'nach angaben von|nach angaben der|nach angaben des|nach aussage von|nach aussage der|nach aussage des|nach auskunft von|nach auskunft der|zufolge|laut|gemäß',
  people: String.raw`[\p{L}-]*(?:sprecher|leiter|minister|meister|chef|präsident|direktor|rektor|vorsitzende[rn]?|vorstand|sekretär|kanzler|trainer|richter|anwalt|anwält|lehrer|forscher|wissenschaftler|kommissar|beamter?n?|beamte|mitarbeiter|experte?n?|politiker|abgeordnete[rn]?|winzer|bauer|gewerkschafter|ingenieur|koordinator|manager|professor|doktor|general|botschafter|kandidat|vertreter|zeuge|augenzeuge|bewohner|anwohner|berater|inspektor|leute|bürger|teilnehmer|demonstranten|organisator|veranstalter|autor|schriftsteller|regisseur|schauspieler|sänger|künstler|architekt|arzt|ärzt|unternehmer|händler|fahrer|pilot|kapitän|spieler|stürmer|torwart|senator|gouverneur|staatsanwalt|stadtrat|pfarrer|bischof|papst|könig|prinz|prinzessin|sportler|analyst|historiker|ökonom|soziolog|biolog|psycholog|journalist|redakteur|aktivist|sachverständige[rn]?|geschäftsführer|gründer|inhaber|stellvertreter|mann|frau|herr|frau|mutter|vater)(?:in|innen|en|n|s)?`,
  groups: String.raw`[\p{L}-]*(?:regierung|ministerium|polizei|partei|bank|behörde|amt|verband|unternehmen|gericht|kommission|rat|verein|gewerkschaft|agentur|universität|stiftung|organisation|firma|konzern|fraktion|stadt|staatsanwaltschaft|feuerwehr|armee|botschaft|bahn|reederei|institut|gesellschaft|bundestag|bundesrat|senat|menge|menschenmenge|zentrale|gruppe)`,
  documents: String.raw`[\p{L}-]*(?:bericht|studie|umfrage|mitteilung|erklärung|brief|schreiben|papier|gutachten|text|artikel|petition|dokument|urteil|gesetz|plakat|stellungnahme)e?s?`,
  outlets: String.raw`[\p{L}-]*(?:zeitung|magazin|blatt|sender|nachrichtenagentur|tageszeitung|zeitschrift|wochenzeitung|presseagentur)`,
  feminine: /(?:in|frau|schwester|mutter)$/,
  masculine: /(?:er|meister|minister|chef|präsident|direktor|mann|herr)$/,
  particles: 'von van der den zu ten ter de la le al bin',
  abbreviations: 'Dr Prof St Nr bzw ca Ing Dipl Mio Mrd usw etc Hr Fr',
  capitalNouns: true,
  verbSecond: true
}
