// Given names that are of one gender in every language read here. A name that may be either is not listed.
import type { Gender } from './speakers.ts'
import type { Clause } from './tokens.ts'

const women = `Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy Lisa Betty Margaret Sandra
  Kimberly Emily Donna Michelle Carol Amanda Dorothy Melissa Deborah Stephanie Rebecca Laura Cynthia Kathleen Amy Angela
  Anna Ann Anne Brenda Pamela Emma Nicole Helen Samantha Katherine Catherine Christine Debra Rachel Carolyn Janet Maria
  Heather Diane Ruth Julie Olivia Joyce Virginia Victoria Lauren Christina Judith Megan Cheryl Hannah
  Jacqueline Martha Gloria Teresa Sara Janice Marie Julia Grace Judy Theresa Rose Beverly Denise Marilyn Amber Danielle
  Abigail Brittany Diana Jane Lori Kathryn Alexandra Sophie Sophia Natalie Charlotte Isabella Alice Ella Lucy Eva Nina Olga
  Irina Elena Svetlana Natalia Tatiana Claire Chloe Juliette Pauline Manon Mathilde Margaux Aurélie Élise Elise Céline
  Hélène Nathalie Isabelle Sylvie Valérie Véronique Brigitte Monique Jeanne Odile Maude Inès Ines Ségolène Marine Anaïs Léa
  Zoé Marta Rosa Carmen Pilar Lucía Sofía Paula Cristina Beatriz Isabel Ana Elisa Silvia Mercedes Dolores Consuelo Raquel
  Giulia Chiara Francesca Giovanna Paola Federica Valentina Alessandra Lucia Rita Carla Bianca Claudia Petra Sabine Ursula
  Angelika Heike Birgit Gisela Renate Karla Ina Ilse Greta Gretchen Anja Katja Katrin Kathrin Kerstin Kirsten Silke Ulrike
  Sigrid Ingrid Astrid Annika Annette Beate Lena Mia Marlene Hilde Helga Gerda Elke Franziska Johanna Lotte Frauke Svenja
  Hanna Hana Wanda Edda Freya Liv Siri Marit Solveig Ragnhild Gro Hege Silje Tone Turid Randi Berit Unni Hedda Tuva
  Karin Kerstin Birgitta Annelie Gunilla Linnea Elin Malin Ebba Maja Mette Birgitte Kirstine Pernille Lene Helle Gitte Bente
  Stine Sanne Marijke Annelies Femke Saskia Anouk Griet Femke Delia Iris Gwen Gwendolyn Bea Beatrice Nora Norah Paulina Harriet
  Hillary Melania Ivanka Michelle Kamala Angela Theresa Nikki Elaine Carly Tulsi Nancy Loretta Huma Megyn Sunita Priya Anjali
  Fatima Aisha Amina Leila Layla Yasmin Mariam Mona Rania Zainab Keiko Mei Ayumi Sakura Amara Ngozi Chidinma Nell Bridget
  Siobhan Fiona Moira Eileen Maureen Erin Caitlin Kate Katie Molly Polly Sally Peggy Penelope Phoebe Daphne Delphine
  Rosemary Rosalind Sylvia Thelma Vera Winifred Yvonne Yvette Zelda Ida Agnes Edith Ethel Florence Frances Josephine
  Louise Mabel Maud Mildred Miriam Naomi Esther Deborah Leah Tamara Ludmila Ekaterina Anastasia Agnieszka Ewa Katarzyna
  Małgorzata Zofia Jana Milena Ivana Jelena Vesna Dragana Elif Ayşe Fatma Zeynep Emine Paola Ximena Adriana Alejandra
  Daniela Gabriela Luciana Mariana Patrícia Fernanda Juliana Letícia Camila Larissa Renata Tânia Inês Joana Catarina Beatrix`
const men = `James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Donald
  Steven Andrew Paul Joshua Kenneth Kevin Brian George Timothy Ronald Jason Edward Jeffrey Jacob Gary Nicholas Eric Jonathan
  Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Jose
  Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Austin Sean Gerald Carl
  Harold Dylan Arthur Lawrence Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne Randy Vincent
  Mason Roy Ralph Bobby Russell Bradley Philip Eugene Tom Tim Jim Bob Bill Mike Steve Dan Ben Greg Ken Ron Ted Ed Fred Jeff
  Matt Nick Rick Rob Tony Barack Mitt Bernie Newt Marco Rand Reince Corey Vladimir Dmitri Sergei Ivan Boris Igor Mikhail Nikolai
  Alexei Pierre Jacques Michel François Nicolas Philippe Alain Bernard Christophe Olivier Laurent Stéphane Thierry Yann Hervé
  Luc Julien Antoine Guillaume Mathieu Théo Hugo Émile Emile Étienne Gérard Henri Marcel Maurice Marc Sébastien Salim
  Carlos Miguel Javier Pablo Pedro Diego Luis Jorge Fernando Sergio Rafael Alejandro Manuel Antonio Francisco Álvaro Iván Tomás
  Elías Ramón Andrés Enrique Eduardo Ricardo Roberto Alberto Mario Giovanni Giuseppe Marco Luca Matteo Alessandro Lorenzo
  Francesco Paolo Stefano Massimo Claudio Bruno Hans Peter Klaus Jürgen Wolfgang Günter Günther Uwe Horst Heinz Dieter Gerhard
  Helmut Manfred Rainer Bernd Frank Thomas Andreas Stefan Markus Matthias Sebastian Tobias Florian Felix Lukas Jonas Jost Till
  Rolf Gernot Anton Otto Emil Karl Kurt Ernst Erich Fritz Friedrich Wilhelm Heinrich Ludwig Anselm Joris Johan Erik Lars
  Nils Sven Björn Anders Magnus Gustav Oskar Axel Olof Ole Odd Per Jon Bjørn Håkon Haakon Leif Knut Geir Terje Trond Arne Espen
  Halvard Olav Øystein Sverre Torstein Paavo Jens Søren Mads Rasmus Niels Henrik Morten Kasper Piet Pieter Willem Jeroen Maarten
  Bart Wouter Ruud Dirk Gijs Hendrik Tom Vic Victor Viktor Abel Abraham Isaac Jacob Saul Obed Yusuf Mohammed Muhammad
  Mohamed Ahmed Ali Omar Hassan Hussein Ibrahim Mustafa Mehmet Recep Ahmet Hiroshi Takashi Kenji Shinzo Raj Rajesh Amit
  Sanjay Vijay Arjun Kwame Kofi Chidi Emeka Femi Osric Dougal Hamish Angus Duncan Malcolm Ewan Liam Declan Seamus Colm Brendan
  Conor Owen Rhys Gareth Dafydd Lowell Milan Zoltan Laszlo Istvan Andrzej Piotr Krzysztof Tomasz Jakub Pavel Petr Tomáš Miloš
  Dragan Zoran Goran Slobodan Ernest Clarence Clifford Cecil Clive Colin Craig Derek Desmond Edgar Edmund Edwin Elliot Ellis
  Felipe Gilbert Graham Hector Herbert Howard Hubert Hugh Ian Irving Joaquin João José Paulo Rui Tiago Luiz Lucas Gustavo Rodrigo
  Leonard Lester Lewis Lloyd Louis Luther Marvin Maxwell Melvin Milton Morris Neil Nigel Norman Oliver Oscar Otis Percy
  Preston Reginald Rex Roland Rupert Seth Sidney Simon Stanley Stuart Sylvester Theodore Trevor Vernon Wallace Warren Wesley
  Wilbur Winston Woodrow Hank Hal Gus Gene Gil Glenn Grant Doug Don Dick Dave Cliff Chuck Brad Brett Barry Al Alec Alfred Allen
  Alvin Amos Archie Arnold Bernhard Ferdinand Gregor Georg Gottfried Holger Ingo Jörg Malte Norbert Olaf Ralf Reinhard Rudolf
  Siegfried Thorsten Torsten Ulrich Volker Walther Werner`

const genders = new Map<string, Gender>([
  ...women.split(/\s+/).map((name) => [name, 'she'] as const),
  ...men.split(/\s+/).map((name) => [name, 'he'] as const)
])

/** The gender of a name by its first word; undefined where that cannot be told. */
export function givenNameGender(name: string): Gender | undefined {
  const [first, ...others] = name.split(' ')
  return others.length > 0 ? genders.get(first!.split('-')[0]!) : undefined
}

/** "Direktorin": what a role's ending says of who has it. */
export function genderOf(
  title: string,
  { lexicon, tokens }: Clause,
  noun: number,
  nameStart: number
): Gender | undefined {
  if (/\b(?:Mrs|Ms|Miss|Mme|Frau|Sra|Lady|Dame|Queen|Princess|Sister)\b|woman\b/i.test(title)) return 'she'
  if (/\b(?:Mr|Sir|Lord|King|Prince|Herr|Monsieur|Father|Brother)\b|(?<!wo)man\b/.test(title)) return 'he'
  const { feminine, masculine } = lexicon.language
  const role = tokens.slice(noun, nameStart).findLast((token) => lexicon.people.test(token.lower))?.lower
  if (role === undefined) return undefined
  if (feminine?.test(role)) return 'she'
  return masculine?.test(role) ? 'he' : undefined
}
