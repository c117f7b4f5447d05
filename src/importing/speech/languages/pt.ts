import { type Language, stems } from './language.ts'

const ar = stems(
  'afirm declar explic assegur coment cont pergunt destac critic denunci anunci inform confirm lament acrescent ressalt salient apont alert revel relat observ not avali',
  'a|am|ou|aram|ava|avam|ado|ando'
)

export const pt: Language = {
  tag: 'pt',
  frequent:
    'o a os as de que e em um uma por com para do da dos das no na se ao é não mais foi são sua seu ele ela está pelo pela também muito',
  verbs: {
    say: `${ar} disse diz dizem disseram dizia dito respondeu responde insistiu advertiu reconheceu admitiu concluiu
      lembrou recordou prometeu garantiu defendeu sustentou referiu acrescentou explicou`,
    write: 'escreveu escreve escreveram tuitou publicou',
    report: 'noticiou reportou',
    confirm: 'confirmou confirma',
    call: 'classificou chamou descreveu',
    think: 'acredita pensa espera teme',
    show: 'mostra revela',
    stance: 'quer pretende rejeita'
  },
  auxiliaries: 'tem têm tinha tinham havia',
  unreal: 'não nunca poderia deveria',
  pronouns: { he: 'ele', she: 'ela', they: 'eles elas', it: '', first: 'eu nós' },
  determiners:
    'o a os as um uma uns umas dois duas três quatro vários várias alguns algumas seu sua este esta outro outra outros muitos',
  prepositions:
    'de do da dos das a ao à em no na nos nas com por pelo pela para sobre segundo entre desde até contra sem após durante',
  conjunctions: 'e mas ou quando enquanto como se porque embora pois',
  relatives: 'que quem cujo cuja',
  complementizers: 'que se',
  adverbs: 'também depois ontem hoje já ainda então assim',
  according: 'segundo|de acordo com|conforme',
  people:
    'porta-vo(?:z|zes)|president[ea]s?|diret(?:or|ora|ores)|ministr[oa]s?|prefeit[oa]s?|engenheir[oa]s?|sindicalistas?|funcionári[oa]s?|vizinh[oa]s?|testemunhas?|especialistas?|advogad[oa]s?|juiz|juíza|promotor(?:a)?|analistas?|pesquisador(?:a|es|as)?|professor(?:a|es|as)?|médic[oa]s?|jornalistas?|escritor(?:a)?|autor(?:a)?|at(?:or|riz)|treinador(?:a)?|jogador(?:a|es)?|trabalhador(?:a|es)?|deputad[oa]s?|senador(?:a|es)?|secretári[oa]s?|chefes?|líder(?:es)?|candidat[oa]s?|fontes?|mulher(?:es)?|home(?:m|ns)|mãe|pai|capitão|don[oa]s?|agricultor(?:a)?|pescador(?:a|es)?|estudantes?|policiais|vereador(?:a)?|coordenador(?:a)?|economistas?|reitor(?:a)?',
  groups:
    'governo|ministério|polícia|partido|banco|associação|sindicato|empresa|companhia|prefeitura|câmara|conselho|comissão|tribunal|universidade|agência|grupo|organização|federação|fundação',
  documents: 'relatórios?|estudos?|pesquisas?|sondagem|comunicado|carta|documento|artigo|texto|nota|lei',
  outlets: 'jornal|diário|revista|agência|rede|rádio|semanário',
  feminine: /(?:a|triz)$/,
  masculine: /(?:o|or|ão)$/,
  particles: 'de do da dos das e von van',
  abbreviations: 'Sr Sra Dr Dra',
  incise: true,
  dialogueDash: true,
  dropsPronouns: true
}
