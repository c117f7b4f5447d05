import { type Language, stems } from './language.ts'

const er = stems(
  'déclar affirm expliqu assur précis ajout racont indiqu estim not rappel soulign regrett insist témoign confi argument répliqu pens jug annonc demand rapport lanc conclu rétorqu martel comment résum observ remarqu critiqu dénonc reconnaiss avou plaid plaisant détaill avanc jur martel déplor rassur murmur cri confirm signal relev évoqu relat',
  'e|ent|é|a|ait|aient|èrent|ant'
)

export const fr: Language = {
  tag: 'fr',
  frequent:
    'le la les de des du et est un une en que qui dans pour sur pas au par plus avec ce il elle se ne sont a été ont aux cette ses mais son sa leur nous ou',
  verbs: {
    say: `${er} dit disent disait dis répond répondu répondait conclut sourit souri promet promis prévient prévenu
      soutient soutenu reconnaît reconnu rappelle poursuit poursuivi reprend repris admet admis s’inquiète martèle
      appelle lu lit`,
    tell: stems('inform', 'e|ent|é|a'),
    write: 'écrit écrivait écrivent tweete tweeté publie',
    report: 'rapporte rapporté rapportent révèle révélé',
    confirm: 'confirme confirmé confirment',
    call: 'qualifie qualifié appelle appelé décrit',
    think: 'croit pense espère craint redoute',
    show: 'montre montrent révèle indique',
    stance: 'veut souhaite refuse propose demande'
  },
  auxiliaries: 'a ont avait avaient est',
  unreal: 'pas jamais pourrait devrait ne n’',
  pronouns: { he: 'il', she: 'elle', they: 'ils elles', it: '', first: 'je nous on j’' },
  determiners: `le la les l’ un une des deux trois quatre plusieurs certains quelques ce cet cette ces son sa ses leur leurs
    du au aux notre nos d’autres d’ autre autres`,
  prepositions:
    'de d’ du des à au aux en dans pour par avec sur chez selon vers entre sous contre depuis pendant après avant sans lors',
  conjunctions: 'et mais ou quand lorsque comme si car tandis alors puisque',
  relatives: 'qui que dont où lequel laquelle',
  complementizers: 'que qu’',
  adverbs:
    'aussi encore ensuite puis alors également ainsi déjà hier aujourd’hui mardi lundi mercredi jeudi vendredi samedi dimanche',
  according: 'selon|d’après|d’ après|de l’avis de',
  people:
    'porte-parole|responsables?|ministre|maire|président(?:e|s|es)?|direct(?:eur|rice)s?|syndicalistes?|proviseure?|ingénieure?s?|architectes?|vigneron(?:ne)?s?|capitaine|arbitre|gardien(?:ne)?s?|cadres?|employée?s?|ouvri(?:er|ère)s?|témoins?|habitante?s?|avocate?s?|juges?|experte?s?|cherche(?:ur|use)s?|analystes?|député(?:e|s|es)?|sénat(?:eur|rice)s?|secrétaire|chef(?:fe)?s?|patron(?:ne)?s?|profess?eure?s?|médecins?|journalistes?|écrivaine?s?|aut(?:eur|rice)s?|act(?:eur|rice)s?|femmes?|hommes?|mère|père|voisine?s?|entraîne(?:ur|use)|joue(?:ur|use)s?|manifestante?s?|conseill(?:er|ère)s?|adjointe?s?|fonctionnaires?|candidate?s?|personnes?|sources?|officiels?|diplomates?|policiers?|économistes?|historien(?:ne)?s?|agricult(?:eur|rice)s?|pêcheurs?|étudiante?s?|procureure?|M|Mme',
  groups:
    'gouvernement|ministère|police|parti|banque|association|syndicat|entreprise|société|mairie|conseil|commission|tribunal|cour|université|agence|groupe|organisation|préfecture|parquet|fédération|direction|institut',
  documents:
    'rapports?|études?|sondages?|communiqué|lettre|document|article|texte|enquête|note|règlement|loi',
  outlets: 'journal|quotidien|magazine|hebdomadaire|agence|chaîne|radio|site',
  feminine: /(?:trice|euse|ère|ienne|onne|ée|femme|mère|ente|ante|ière|seure|ure|Mme)$/,
  masculine: /(?:teur|eur|ier|ien|on|homme|père|ent|ant|M)$/,
  particles: 'de du des la le d’ da von van al ben',
  abbreviations: 'M MM Mme Dr St Ste',
  incise: true,
  dialogueDash: true
}
