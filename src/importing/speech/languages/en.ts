import { type Language, words } from './language.ts'

/** The base, -s, -ed and -ing forms of regular verbs; "say/says/said" gives irregular ones whole. */
function forms(list: string, which: 'finite' | 'past' | 'ing') {
  return words(list)
    .flatMap((entry) => {
      const [verb = '', particle] = entry.split('+')
      const given = verb.split('/')
      const base = given[0]!
      const silent = /e$/.test(base)
      const stem = silent ? base.slice(0, -1) : /[^aeiou]y$/.test(base) ? `${base.slice(0, -1)}i` : base
      const s = /(?:s|sh|ch|x)$/.test(base) ? `${base}es` : stem.endsWith('i') ? `${stem}es` : `${base}s`
      const finite = given.length > 1 ? given : [base, s, `${stem}ed`]
      const ing = [`${silent && !/ee$/.test(base) ? base.slice(0, -1) : base}ing`]
      // Bases such as "start" and "offer" are nouns more often.
      return (which === 'ing' ? ing : which === 'past' ? finite.slice(1) : finite).map((form) =>
        particle ? `${form}+${particle}` : form
      )
    })
    .join(' ')
}

const say = `say/says/said add ask recall warn argue explain note insist announce claim acknowledge
  admit/admits/admitted reply/replies/replied respond continue conclude declare remark state testify suggest
  shout whisper joke observe stress urge vow promise complain predict lament answer counter contend comment
  maintain assert affirm allege charge boast quip/quips/quipped brag/brags/bragged opine retort exclaim concede
  reveal emphasize emphasise reiterate demand inquire interject muse ponder caution chant proclaim pledge
  disclose sing/sings/sang scream yell cry/cries/cried plead point+out fire+back chime+in shoot/shoots/shot+back
  advise reason speculate grumble agree protest object echo elaborate stipulate specify clarify quote cite
  repeat decry/decries/decried swear/swears/swore snap/snaps/snapped crow mutter murmur rule read/reads
  go/goes/went+on indicate signal imply/implies/implied`
const tell = 'tell/tells/told inform assure remind notify/notifies/notified'
const write = 'write/writes/wrote tweet post blog/blogs/blogged email text'
const utter = `question wonder surmise laugh sigh smile begin/begins/began start gush fume rail rant thunder bellow roar
  growl grunt chuckle deadpan drawl tease taunt scoff sneer needle chide scold admonish implore beg/begs/begged beseech
  exhort apologize apologise lecture intone recite preach reckon estimate figure guess remember confess confide correct
  interrupt summarize summarise offer volunteer venture hint imply/implies/implied reflect reminisce recount relate marvel
  rave beam cheer scribble recommend propose deny/denies/denied agree disagree decide sum/sums/summed+up push+back
  hit/hits/hit+back strike/strikes/struck+back clap/claps/clapped+back weigh+in pipe+up speak/speaks/spoke+up blurt+out
  call+out cry/cries/cried+out`
const call = `call describe brand dub/dubs/dubbed denounce dismiss praise criticize criticise hail label/labels/labeled/labelled
  slam/slams/slammed blast condemn characterize characterise deride mock ridicule refer/refers/referred+to
  tout accuse portray lambaste bash rip/rips/ripped call+for call+on`
const think = `think/thinks/thought believe feel/feels/felt know/knows/knew hope fear worry/worries/worried doubt expect
  assume suspect realize realise recognize recognise understand/understands/understood discover learn determine conclude
  anticipate foresee/foresees/foresaw presume posit calculate reckon envision imagine fret`
const show = 'show/shows/showed find/finds/found indicate demonstrate'
const topic = `announce explain reiterate stress emphasize emphasise acknowledge admit/admits/admitted concede disclose
  reveal recall suggest urge demand promise pledge predict repeat echo allege
  lament specify outline detail clarify doubt fear expect anticipate envision recognize recognise characterize
  characterise refer/refers/referred+to call+on attack slam/slams/slammed blast bash highlight champion advocate
  speak/speaks/spoke+against complain+about
  apologize+for apologise+for boast+of boast+about brag/brags/bragged+about warn+of warn+about joke+about rail+against
  hint+at allude+to object+to`
const stance = `${topic} want plan intend refuse decline propose recommend deny/denies/denied dispute reject oppose favor
  support endorse question defend blame threaten rebuke
  agree+to call+for call+on push+for criticize criticise denounce praise condemn dismiss accuse mock cite
  tout welcome applaud rule+out vote+for disagree embrace laud lament bemoan resent
  decry/decries/decried disavow repudiate disapprove prefer/prefers/preferred object+to
  argue+for argue+against`

export const en: Language = {
  tag: 'en',
  frequent:
    'the of and to in that is was for on with as at by he said from his it be have has are not this but they she who will would been their which',
  verbs: {
    say: forms(say, 'finite'),
    tell: forms(tell, 'finite'),
    write: forms(write, 'finite'),
    report: forms('report', 'finite'),
    utter: forms(utter, 'past'),
    confirm: forms('confirm', 'finite'),
    publish: 'published',
    call: forms(call, 'finite'),
    think: forms(think, 'finite'),
    show: forms(show, 'finite'),
    stance: forms(stance, 'finite')
  },
  participles: `wondering questioning ${forms(say, 'ing')} ${forms(tell, 'ing')} ${forms(write, 'ing')} ${forms(call, 'ing')} ${forms(stance, 'ing')}
    quipping tweeting referring+to labeling labelling reporting confirming admitting bragging blogging`,
  auxiliaries: 'has have had is are was were be been will did does do',
  unreal: 'might may could would should can must not never cannot to let',
  pronouns: { he: 'he', she: 'she', they: 'they', it: 'it', first: 'i we you' },
  determiners: `the a an another other some several many more most both all any every each no few this that these those his her
    their its our my your one two three four five six seven eight nine ten dozens hundreds`,
  prepositions: `of in on at for from with by to about during after before under over against among between into through
    within without via per since until near close toward towards around outside inside behind like across amid including
    upon concerning regarding despite following throughout`,
  conjunctions:
    'and but or as while when because if since though although so yet that what how where whether than then even',
  relatives: 'who which whose whom that',
  complementizers: 'that whether',
  adverbs: `also later recently then now again once first still even just often long always ago too repeatedly
    already soon shortly instead meanwhile however today yesterday tomorrow further thus simply earlier afterward afterwards`,
  according: 'according to|in the words of|per',
  people: String.raw`percent|majority|plurality|officials?|sources?|persons?|people|aides?|\w*spokes(?:man|men|woman|women|person|people)|advis[eo]rs?|diplomats?|lawmakers?|employees?|workers?|residents?|witness(?:es)?|insiders?|analysts?|experts?|investigators?|lawyers?|attorneys?|students?|teachers?|members?|critics?|supporters?|opponents?|neighbou?rs?|\w+ists?|\w*mayor|\w*ministers?|presidents?|directors?|chair(?:man|woman|s)?|\w*chief|managers?|masters?|captains?|officers?|secretar(?:y|ies)|governors?|senators?|editors?|professors?|doctors?|judges?|owners?|\w*founders?|leaders?|executives?|colleagues?|friends?|wom[ae]n|m[ae]n|candidates?|democrats?|republicans?|conservatives?|liberals?|voters?|strategists?|pollsters?|reporters?|journalists?|correspondents?|authors?|\w*writers?|\w*makers?|authorities|actors?|actress|singers?|players?|coach(?:es)?|keepers?|farmers?|fishers?|fisherm[ae]n|sailors?|traders?|protesters?|protestors?|demonstrators?|participants?|organi[sz]ers?|activists?|advocates?|delegates?|donors?|surrogates?|negotiators?|operatives?|commanders?|inspectors?|planners?|builders?|brewers?|bakers?|conductors?|developers?|curators?|engineers?|drivers?|passengers?|passers?-by|passersby|grandmother|grandfather|mothers?|fathers?|wife|husband|daughters?|sons?|brothers?|sisters?|parents?|bod(?:y)guard|guards?|narrator|moderator|host|anchor|commentators?|observers?|historians?|scholars?|veterans?|congress(?:man|woman|men)|councill?ors?|council(?:man|woman)|representatives?|ambassadors?|commissioners?|sheriffs?|deput(?:y|ies)|detectives?|prosecutors?|soldiers?|generals?|priests?|pastors?|bishops?|pope|king|queen|prince|princess|chancellor|premier|ally|allies|nominee|frontrunner|front-runner|hopeful|billionaire|businessman|businesswoman|mogul|ecologist|choirmaster|head|partners?|clients?|customers?|consumers?|fans?|users?|readers?|viewers?|patients?|victims?|survivors?|immigrants?|refugees?|americans?|respondents?|others|boss|agents?|treasurer|principal|trustees?|officers?|nurses?|planner|goalkeeper|defenders?|jurors?|clerks?|pilots?|rowers?|divers?|skippers?|chefs?|cooks?|poets?|painters?|photographers?|producers?|architects?|designers?|librarians?|mechanics?|plumbers?|carpenters?|electricians?|firefighters?|paramedics?|pharmacists?|veterinarians?|rangers?|surveyors?|referees?|umpires?|speakers?|reverend|rabbis?|imams?|monks?|nuns?|counsel|officials|ombudsman|registrar|bursar|provost|deans?|lecturers?|pupils?|children|kids?|adults?|teens?|teenagers?|boys?|girls?|couples?|tenants?|landlords?|shoppers?|commuters?|cyclists?|walkers?|hikers?|runners?|swimmers?|climbers?`,
  groups:
    'board|compan(?:y|ies)|agenc(?:y|ies)|ministry|councils?|police|governments?|administration|union|part(?:y|ies)|courts?|departments?|committees?|universit(?:y|ies)|banks?|associations?|foundation|commission|offices?|army|club|schools?|hospitals?|authority|bureau|teams?|famil(?:y|ies)|firms?|groups?|campaigns?|organi[sz]ations?|coalition|institute|operator|senate|house|congress|parliament|justices|military|navy|league|church|trust|federation|pac|crowd|audience|jury|panel|staff|state|nation|country|city|camp|leadership|establishment',
  documents:
    'reports?|statements?|polls?|surveys?|ads?|advertisements?|letters?|e?-?mails?|articles?|stud(?:y|ies)|documents?|papers?|filings?|lawsuits?|complaints?|memos?|transcripts?|notes?|rules?|laws?|bills?|releases?|books?|sources? code|websites?|pages?|posts?|tweets?|editorials?|columns?|storie?s?|messages?|posters?|signs?|banners?|petitions?|invitations?|headlines?|captions?|videos?|narrators?|resolutions?|orders?|analysis|data|figures|statistics|census|constitution|platform|results|records|affidavit|indictment|summary|notice|text|plaque|inscription|motto|slogan|entry|polling|evidence|research|footage|testimony|findings|estimates|guidelines|forms?',
  outlets: 'newspapers?|magazines?|outlets?|networks?|wire|broadcaster|station|daily|weekly',
  particles: 'de da del della van von der den la le al bin ibn di du el ben dos das ten ter zu af y',
  abbreviations:
    'Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Gen Col Capt Lt Sgt Rev Hon St Jr Sr No Inc Co Corp Ltd vs Messrs'
}
