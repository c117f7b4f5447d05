// Texts of our own, in invented words, with who says what in each: `[[words|speaker]]` is a quote, `{{words|source}}` a claim.
// A speaker of several names, "Tide Wire > Ana Reyk", is a chain; "?" is somebody whom the text does not name.

export interface MarkedText {
  language: string
  marked: string
}

const english = [
  '“[[The weir will open on Monday|Oda Renfeld]],” said Oda Renfeld, the lock keeper of Varn.',
  '“[[The weir will open on Monday|Oda Renfeld]],” Oda Renfeld said. “[[Nobody has to wait longer|Oda Renfeld]].”',
  'Lock keeper Oda Renfeld said: “[[We have painted the gates green|Oda Renfeld]].”',
  '“[[When the river falls|Oda Renfeld]],” Oda Renfeld said, “[[we close the gates|Oda Renfeld]].”',
  'Oda Renfeld, who runs the lock, said it was “[[a winter like no other|Oda Renfeld]].”',
  'Oda Renfeld called the old gates “[[a danger to every boat|Oda Renfeld]].”',
  '“[[The piles are rotten|Harl Pinto]],” according to Harl Pinto, an engineer.',
  '“[[The piles are rotten|Tide Wire > Harl Pinto]],” engineer Harl Pinto told the Tide Wire.',
  '“[[We were never asked|?]],” said one member of the lock board, who asked not to be named.',
  'Oda Renfeld has kept the lock for ten years.\n\n“[[I know every plank of it|Oda Renfeld]],” she said.',
  'Mr. Harl Pinto and Ms. Oda Renfeld share one boat.\n\n“[[She steers better than I do|Harl Pinto]],” he said.',
  'Harl Pinto met Bram Tessel at the weir.\n\n“[[It was a short talk|?]],” he said.',
  'The lock costs more than it earns, and has for years.',
  '{{The lock costs more than it earns|Harl Pinto}}, according to Harl Pinto, an engineer.',
  'Oda Renfeld said {{that the weir would open before the summer|Oda Renfeld}}.',
  'Harl Pinto said {{the piles had to be drawn one by one|Harl Pinto}}.',
  'According to the Varn Lock Trust, {{four hundred boats wait above the weir|Varn Lock Trust}}.',
  '“[[This is not the end|Bram Tessel]]!” Bram Tessel shouted from the quay.',
  '“[[Will the ferry run|Bram Tessel]]?” asked Bram Tessel.',
  'The sign reads “Closed until further notice”, and the kiosk is called “The Green Gate”.'
]

const german = [
  '„[[Das Wehr öffnet am Montag|Oda Renfeld]]“, sagte Oda Renfeld, die Schleusenwärterin von Varn.',
  'Oda Renfeld sagte: „[[Wir haben die Tore grün gestrichen|Oda Renfeld]].“',
  '„[[Die Pfähle sind morsch|Harl Pinto]]“, erklärte der Ingenieur Harl Pinto. „[[Wir ziehen sie einzeln|Harl Pinto]].“',
  'Der Ingenieur Harl Pinto nannte die alten Tore „[[eine Gefahr für jedes Boot|Harl Pinto]]“.',
  'Oda Renfeld arbeitet seit zehn Jahren an der Schleuse.\n\n„[[Ich kenne jedes Brett|Oda Renfeld]]“, sagte sie.',
  '{{Die Schleuse kostet mehr, als sie einbringt|Harl Pinto}}, sagte Harl Pinto.',
  'Nach Angaben von Harl Pinto {{kostet die Schleuse mehr, als sie einbringt|Harl Pinto}}.',
  'Auf dem Schild steht „Bis auf Weiteres geschlossen“.'
]

const french = [
  '« [[Le barrage ouvrira lundi|Oda Renfeld]] », a déclaré Oda Renfeld, éclusière de Varn.',
  'Oda Renfeld a déclaré : « [[Nous avons repeint les portes en vert|Oda Renfeld]]. »',
  '« [[Les pieux sont pourris|Harl Pinto]] », explique l’ingénieur Harl Pinto.',
  'Selon Harl Pinto, {{l’écluse coûte plus qu’elle ne rapporte|Harl Pinto}}.'
]

const spanish = [
  '“[[La presa abrirá el lunes|Oda Renfeld]]”, dijo Oda Renfeld, encargada de la esclusa.',
  'Oda Renfeld dijo: “[[Hemos pintado las compuertas de verde|Oda Renfeld]]”.',
  'Según Harl Pinto, {{la esclusa cuesta más de lo que gana|Harl Pinto}}.'
]

const norwegian = [
  '– [[Slusen åpner på mandag|Oda Renfeld]], sier Oda Renfeld.',
  '«[[Pelene er råtne|Harl Pinto]]», sa ingeniør Harl Pinto.',
  'Ifølge Harl Pinto {{koster slusen mer enn den tjener|Harl Pinto}}.'
]

const of = (language: string, texts: string[]): MarkedText[] => texts.map((marked) => ({ language, marked }))

export const texts: MarkedText[] = [
  ...of('en', english),
  ...of('de', german),
  ...of('fr', french),
  ...of('es', spanish),
  ...of('nb', norwegian)
]
