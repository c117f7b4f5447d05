import { type Language, stems } from './language.ts'

const ar = stems(
  'afirm declar explic asegur señal indic coment cont pregunt contest agreg subray destac apunt critic denunci anunci inform confirm lament recalc manifest expres precis opin insist recor acus aclar alert matiz relat revel',
  'a|an|ó|aron|aba|aban|ado|ando'
)

export const es: Language = {
  tag: 'es',
  frequent:
    'el la los las de que y en un una por con para del se al es su lo como más pero sus le ha está fue son no este esta uno muy hay',
  verbs: {
    say: `${ar} dijo dice dicen dijeron decía dicho añadió añade añaden añadieron respondió responde insistió advirtió advierte
      sostuvo sostiene reconoció reconoce admitió concluyó cuenta recuerda recordó explicó prometió replicó expresó
      consideró considera propuso pidió exclamó mantuvo`,
    write: 'escribió escribe escribieron tuiteó publicó',
    report: 'informó reportó',
    confirm: 'confirmó confirma',
    call: 'calificó llamó describió tachó',
    think: 'cree piensa espera teme opina',
    show: 'muestra revela',
    stance: 'quiere pretende rechaza propone'
  },
  auxiliaries: 'ha han había habían',
  unreal: 'no nunca podría debería',
  pronouns: { he: 'él', she: 'ella', they: 'ellos ellas', it: '', first: 'yo nosotros' },
  determiners:
    'el la los las un una unos unas dos tres cuatro varios varias algunos algunas su sus este esta estos otro otra otros muchos',
  prepositions: 'de del a al en con por para sobre según entre desde hasta contra sin tras durante ante',
  conjunctions: 'y e pero o cuando mientras como si porque aunque pues',
  relatives: 'que quien quienes cuyo cuya',
  complementizers: 'que si',
  adverbs: 'también después luego ayer hoy ya además entonces así',
  according: 'según|de acuerdo con|a juicio de',
  people:
    'portavo(?:z|ces)|president[ea]s?|direct(?:or|ora|ores)|ministr[oa]s?|alcalde(?:sa)?s?|ingenier[oa]s?|sindicalistas?|emplead[oa]s?|vecin[oa]s?|testigos?|expert[oa]s?|abogad[oa]s?|juez|jueza|fiscal|analistas?|investigador(?:a|es|as)?|profesor(?:a|es|as)?|médic[oa]s?|periodistas?|escrit(?:or|ora|ores)|autor(?:a|es)?|act(?:or|riz)|entrenador(?:a)?|jugador(?:a|es)?|trabajador(?:a|es|as)?|diputad[oa]s?|senador(?:a|es)?|secretari[oa]s?|jef[ea]s?|líder(?:es)?|candidat[oa]s?|funcionari[oa]s?|fuentes?|mujer(?:es)?|hombres?|madre|padre|farer[oa]|capitán|capitana|dueñ[oa]s?|agricultor(?:a|es)?|pescador(?:a|es)?|estudiantes?|policías?|concejal(?:a|es)?|coordinador(?:a)?|economistas?|rector(?:a)?',
  groups:
    'gobierno|ministerio|policía|partido|banco|asociación|sindicato|empresa|compañía|ayuntamiento|consejo|comisión|tribunal|universidad|agencia|grupo|organización|federación|fiscalía|fundación',
  documents: 'informes?|estudios?|encuestas?|comunicado|carta|documento|artículo|texto|sondeo|nota|ley',
  outlets: 'diario|periódico|revista|agencia|cadena|radio|semanario',
  feminine: /(?:a|triz)$/,
  masculine: /(?:o|or|ón)$/,
  particles: 'de del la las los y da von van',
  abbreviations: 'Sr Sra Dr Dra D',
  incise: true,
  dialogueDash: true,
  dropsPronouns: true
}
