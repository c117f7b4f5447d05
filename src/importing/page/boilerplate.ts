// Furniture: the lines of a page that are not its story.
import { collapseSpace } from '../../content/body/text.ts'

const boilerplate = [
  /^read (?:more|the (?:full|whole|original) (?:story|article))(?: here| at .{1,80})?\s*[:.…»>]*$/i,
  /^(?:share|tweet|print|email|pin)(?: (?:this|it|to|on)(?: .{1,60})?)?[:.]?$/i,
  /^(?:email ?this|blogthis!?|post a comment|leave a (?:comment|reply)|add a comment|no comments:?|comments are closed\.?)$/i,
  /^follow .{1,80} on (?:facebook|twitter|instagram|x|linkedin|youtube|bluesky|mastodon|threads)\b.{0,200}$/i,
  /^(?:like|find|join) us on .{1,60}$/i,
  /^(?:home|menu|search|search this blog|skip to .{1,40}|newer posts?|older posts?|view (?:web|mobile) version|powered by .{1,40}|advertisements?|sponsored|subscribe(?: (?:to|now|here)\b.{0,80})?|sign up .{1,100}|log in|sign in|contact(?: us)?|about(?: us)?|privacy policy|terms of (?:use|service)|all rights reserved\.?|back to top|related(?: (?:stories|articles|posts))?:?|labels:.{0,200}|tags:.{0,200}|posted by .{0,100}|[|•·»«\s/-]+)$/i
]
const readMore = boilerplate[0]!
// As other languages have them.
boilerplate.push(
  /^[\s–—-]*(?:anzeige|werbung|advertisement|publicidad|publicité|pubblicità|publicidade|reklame|annons|annonce|advertentie)[\s–—:-]*$/i,
  /^(?:(?:read|see) (?:also|next|more)|also read|you (?:may|might) also (?:like|be interested in)|more (?:on this|from|stories|news|like this)\b.{0,40}|recommended(?: for you)?|about the authors?|most (?:read|popular)|trending(?: now)?|don['’]t miss|lesen sie auch|auch interessant|mehr (?:zum thema|dazu|lesen|aus .{1,30})|weiterlesen|weitere (?:artikel|beiträge|meldungen|nachrichten|informationen|themen)|das könnte (?:sie|dich) auch interessieren|ähnliche (?:artikel|beiträge)|verwandte (?:artikel|themen)|meist ?gelesen|für (?:sie|dich) empfohlen|über (?:den|die) autor(?:in|en)?|schlag(?:worte|wörter)|zurück(?: zu[rm]? .{1,40})?|(?:artikel )?(?:teilen|drucken)|kommentare?|à lire aussi|sur le même sujet|lire aussi|temas relacionados|te puede interesar|le[ea] también|noticias relacionadas|leia (?:também|mais)|leggi anche|potrebbe interessarti|lees ook|lees meer|les også|läs (?:också|även|mer)|læs også)\s*[:.…»>]*$/i
)
/** What begins a list of other stories. */
const relatedStories = [
  /^(?:(?:top|weitere|mehr|ähnliche|verwandte|aktuelle|andere|neueste|beliebte)\s){1,2}(?:themen(?:bereiche)?|artikel|beiträge|meldungen|nachrichten|storys?|inhalte)\b.{0,40}$/i,
  /^(?:das|diese[sr]?)\s.{0,20}könnten? (?:dich|sie|euch|ihnen) auch (?:interessieren|gefallen)\s*:?$/i,
  /^(?:related|recommended|more|further|other|latest|popular) (?:stories|articles|posts|news|reading|links|content)\b.{0,40}$/i,
  /^(?:artículos|noticias|notas|articles|artigos|notícias|articoli) (?:relacionad[ao]s|similaires|liés|correlati)\s*:?$/i
]
boilerplate.push(
  ...relatedStories,
  // Errors that a page's own program prints.
  /^(?:warning|notice|deprecated|fatal error|parse error|strict standards): .{1,300} in \/\S+ on line \d+\.?$/i,
  /^(?:(?:hier|jetzt|zum|unseren?|für den)\s){0,3}newsletter (?:anmelden|abonnieren|bestellen)[.!]*$/i,
  /^(?:never miss|get|sign up|subscribe|join|register)\b.{0,80}\b(?:newsletter|inbox|alerts|whatsapp|telegram)\b.{0,160}$/i,
  /^¿?(?:únete|suscríbete|regístrate|síguenos|ya sabías)\b.{0,100}\b(?:telegram|whatsapp|newsletter|canal|boletín)\b.{0,120}$/i,
  /^(?:diesen|den) (?:artikel|beitrag)\s(?:mit|auf|per|teilen|drucken|kommentieren)\b.{0,60}$/i,
  /^anzeige[,:].{0,60}$/i,
  /^(?:inhaltsverzeichnis|table of contents|sommaire)\s*:?$/i
)

/** "Related stories": what follows is no part of this one. */
export const startsOtherStories = (text: string) =>
  isShort(text) && relatedStories.some((pattern) => pattern.test(collapseSpace(text)))

/** "Copyright 2019 by Example News" */
const copyright =
  /^(?:copyright\b|©|\(c\)\s*(?=\d|copyright))\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s*[-–]\s*(?:\d{4})?)?)?,?\s*(?:by\s+)?(?<holder>[^\d\s].{0,300})$/i

const isShort = (text: string) => text.length <= 300

/** Links, buttons and notices around a story. */
export const isBoilerplate = (text: string) =>
  isShort(text) && boilerplate.some((pattern) => pattern.test(collapseSpace(text)))

/** "Read More Here": its link leads to the original. */
export const isReadMore = (text: string) => isShort(text) && readMore.test(collapseSpace(text))

/** "3 comments:": what readers wrote begins here. */
export const startsComments = (text: string) =>
  isShort(text) && /^(?:no|\d{1,6}) comments?(?: on .{1,200})?:?$/i.test(collapseSpace(text))

/** The holder a copyright line names; undefined when it is no copyright line. */
export function copyrightHolder(text: string): string | undefined {
  const holder = isShort(text) ? copyright.exec(collapseSpace(text))?.groups?.holder : undefined
  return holder?.replace(/[.,]?\s*all rights reserved\.?$/i, '').replace(/\.$/, '')
}
