import t from 'tap'
import type { Imported } from '../../src/importing/records/schema.ts'
import { app } from '../support/app.ts'

/** Every quote and claim of a page as "words | speaker", a chain from the reader's side. */
async function said(post: (text: string) => Promise<Imported>, text: string) {
  const { article, sources, quotes } = await post(`A day at the harbour\n\n${text}`)
  const name = ({ sourceId, unnamed }: { sourceId?: string; unnamed?: { description: string } }) =>
    unnamed?.description ?? sources.find(({ id }) => id === sourceId)?.name
  return [
    ...quotes.map(({ text, attributions }) => `${text} | ${attributions[0]!.hops.map(name).join(' < ')}`),
    ...article.attributions.map(({ claim, hops }) => `claim: ${claim} | ${hops.map(name).join(' < ')}`)
  ]
}

async function reader(test: Parameters<typeof app>[0]) {
  const { post } = await app(test)
  return (text: string) =>
    said(async (page) => {
      const answer = await post('/v1/imports', page as never, { headers: { 'content-type': 'text/plain' } })
      return answer.json<Imported>()
    }, text)
}

const languages: Record<string, [text: string, ...expected: string[]][]> = {
  English: [
    ['“It floats!” harbour pilot Ada Keel (R-Brine) exclaimed.', 'It floats! | Ada Keel'],
    ['Ada Keel left the quay, adding, “We sail at noon.”', 'We sail at noon. | Ada Keel'],
    ['Added Ada Keel: “We sail at noon.”', 'We sail at noon. | Ada Keel'],
    ['Ada Keel refused: “Nobody sails.”', 'Nobody sails. | Ada Keel'],
    ['“Nobody sails,” the sign read.', 'Nobody sails | the sign'],
    ['“Nobody sails.”\n\n― Ada Keel, Port Brine', 'Nobody sails. | Ada Keel'],
    ["''Nobody sails,'' said Ada Keel.", 'Nobody sails | Ada Keel'],
    ['“We sail,” the cook, Ada Keel, said.', 'We sail | Ada Keel'],
    [
      'KEEL: Who has the key?\n\nDR. BRINE: The cook has it.',
      'Who has the key? | Keel',
      'The cook has it. | Brine'
    ],
    [
      'Jane McKeel and Otto O’Brine met.\n\nMCKEEL: Who has the key?\n\nO’BRINE: The cook has it.',
      'Who has the key? | Jane McKeel',
      'The cook has it. | Otto O’Brine'
    ],
    ['“We sail,” said Omar al-Keel.', 'We sail | Omar al-Keel'],
    [
      'Omar al-Keel was waiting at the quay with the cook. “We sail,” al-Keel said.\n\n“We wait,” Keel added.',
      'We sail | Omar al-Keel',
      'We wait | Omar al-Keel'
    ],
    ['“We sail,” Gen. Tarek el-Brine told the cooks.', 'We sail | Tarek el-Brine'],
    ['“We sail,” said Jean-Luc d’Ormes.', 'We sail | Jean-Luc d’Ormes'],
    ['“We sail,” said Bo ten Keel.', 'We sail | Bo ten Keel'],
    [
      'Ada “Ace” Keel owns the crane of the town. “We sail,” Keel said.\n\n“No,” said Otto "Oar" Brine.',
      'We sail | Ada “Ace” Keel',
      'No | Otto "Oar" Brine'
    ],
    // Who quotes somebody stands between the reader and the words.
    ['Reuters quoted Ada Keel as saying: “We sail.”', 'We sail. | Reuters < Ada Keel'],
    ['Otto Brine quoted Ada Keel as saying “we sail at noon.”', 'we sail at noon. | Otto Brine < Ada Keel'],
    ['“We sail,” Otto Brine quoted Ada Keel as saying.', 'We sail | Otto Brine < Ada Keel'],
    ['“We sail,” Ada Keel was quoted as saying by Reuters.', 'We sail | Reuters < Ada Keel'],
    ['“We sail,” Ada Keel was quoted as saying.', 'We sail | Ada Keel'],
    ['“We sail,” Ada Keel said, and she was quoted as saying more.', 'We sail | Ada Keel'],
    ['Reuters quoted Ada Keel as saying on Monday in Brine: “We sail.”', 'We sail. | Reuters < Ada Keel'],
    ['“We sail,” quoted by the cook as saying.'],
    ['“We sail,” Ada Keel denied saying.'],
    ['“We sail,” the sign was quoted, by and large, as saying.'],
    ['The crane was sold, Ada Keel said on Monday.', 'claim: The crane was sold | Ada Keel'],
    ['The crane was sold too late, the cooks believe.', 'claim: The crane was sold too late | the cooks'],
    // Numbers of people speak, and polls that were made at some time.
    ['About 26 percent said the crane was ugly.', 'claim: the crane was ugly | About 26 percent'],
    ['A survey released last week found that boats leak.', 'claim: that boats leak | A survey'],
    // What is said stands before its speaker, who is told apart from his role and from what he does.
    ['The dock was old, said harbour master Ada Keel, who sails.', 'claim: The dock was old | Ada Keel'],
    ['Otto Brine, said Ada Keel, who waited, was late.'],
    // Nothing that is said stands behind these.
    ['Something she opposed was built. Is that all?'],
    // A claim ends where the reporter goes on.
    [
      'Ada Keel said the crane was sold, which surprised the cooks of the town.',
      'claim: the crane was sold | Ada Keel'
    ],
    ['Ada Keel said the crane was sold; the boats stay.', 'claim: the crane was sold | Ada Keel'],
    [
      'Ada Keel said the crane was sold, but Otto Brine had it still.',
      'claim: the crane was sold | Ada Keel'
    ],
    ['While Ada Keel says the crane is safe, nobody climbs it now.', 'claim: the crane is safe | Ada Keel'],
    [
      'Ada Keel said the crane was sold and has called for a new bridge.',
      'claim: the crane was sold | Ada Keel',
      'claim: a new bridge | Ada Keel'
    ],
    // What somebody wants, promises or thinks of something.
    ['Ada Keel called for a new bridge last week.', 'claim: a new bridge | Ada Keel'],
    ['Ada Keel called for “a bridge of stone.”', 'a bridge of stone. | Ada Keel'],
    ['Ada Keel vowed to sell the crane, and went home.', 'claim: to sell the crane | Ada Keel'],
    ['Ada Keel insisted on a new bridge, and went home.', 'claim: a new bridge | Ada Keel'],
    ['Ada Keel criticized the old crane on Tuesday.', 'claim: the old crane | Ada Keel'],
    ['Ada Keel realized that boats leak.', 'claim: that boats leak | Ada Keel'],
    ['Ada Keel agreed to the plan that boats leak.', 'claim: the plan that boats leak | Ada Keel'],
    // What only looks like a claim.
    ['Otto Brine is the cook whom Ada Keel accused of theft.'],
    ['The bridge that Ada Keel believes is unsafe was closed by nobody.'],
    ['Ada Keel posted her old picture before the boats had come.'],
    ['Ada Keel found the anchor, read it to the cooks.'],
    ['The boats of the town, Ada Keel continued to say.'],
    ['The old islands of the coast and Otto Brine have claims.'],
    // Around its verb, behind it, or in brackets.
    [
      'If the crane falls, Ada Keel suggested in a letter, boats will be safe.',
      'claim: boats will be safe | Ada Keel'
    ],
    [
      'The old dock of the town, Ada Keel said, was sold to a cook in the night.',
      'claim: The old dock of the town ... was sold to a cook in the night | Ada Keel'
    ],
    [
      'Otto Brine spoke. The crane was sold long ago, he said.',
      'claim: The crane was sold long ago | Otto Brine'
    ],
    ['If the crane falls again, Ada Keel said.', 'claim: If the crane falls again | Ada Keel'],
    [
      'Otto Brine sold boats (he had forty boats then, according to Ada Keel).',
      'claim: he had forty boats then | Ada Keel'
    ],
    [
      'The crane was sold twice last winter, said Ada Keel.',
      'claim: The crane was sold twice last winter | Ada Keel'
    ],
    [
      'The crane, according to harbour pilot Ada Keel, was sold twice last winter.',
      'claim: was sold twice last winter | Ada Keel'
    ],
    ['Boats leak, according to a survey by the Keel Trust.', 'claim: Boats leak | Keel Trust'],
    ['“It leaks,” a cook told the Coast Dispatch.', 'It leaks | Coast Dispatch < a cook'],
    ['Nina Keel and Rita Mast argued.\n\n“It leaks,” she said.', 'It leaks | she'],
    ['Nina Keel met Otto Brine.\n\n“It leaks,” she said.', 'It leaks | Nina Keel'],
    ['Andrea Keel spoke.\n\n“It leaks,” she said.', 'It leaks | she'],
    ['Nina Keel spoke at Cold Harbor Park.\n\n“It leaks,” he said.', 'It leaks | he'],
    ['Robin Esk won. The jury was led by Anne Doyle.\n\n“It rained,” they said.', 'It rained | they'],
    [
      'Fourteen sailors signed a letter.\n\n“We will not sail,” they wrote.',
      'We will not sail | Fourteen sailors'
    ],
    [
      '“It rained,” Ada Keel said. Otto Brine came later.\n\n“All day,” she added.',
      'It rained | Ada Keel',
      'All day | Ada Keel'
    ],
    ['When Otto Brine attacked the plan, the port was closed.'],
    ['Ada Keel rejected the plan of the board, and nobody spoke.', 'claim: the plan of the board | Ada Keel'],
    // Two words behind such a verb are no claim that can be true or not.
    ['Ada Keel rejected the plan, and nobody spoke.'],
    // Shares of people, and people without a noun.
    ['More than six in 10 said they were cold.', 'claim: they were cold | More than six in 10'],
    [
      'Nearly nine out of ten sailors say they are cold.',
      'claim: they are cold | Nearly nine out of ten sailors'
    ],
    ['A slim majority of sailors say they are cold.', 'claim: they are cold | A slim majority of sailors'],
    ['Two thirds of sailors say they are cold.', 'claim: they are cold | Two thirds of sailors'],
    ['Among them are 18% who say they are cold.', 'claim: they are cold | 18% who'],
    ['Half said they were cold.', 'claim: they were cold | Half'],
    ['Some have suggested that the crane is old.', 'claim: that the crane is old | Some'],
    ['Some of Ada Keel’s friends said they were cold.', 'claim: they were cold | Some of Ada Keel’s friends'],
    [
      'The sailors of 3 in every town said they were cold.',
      'claim: they were cold | The sailors of 3 in every town'
    ],
    // A noun that is in no list speaks where only words that are said can follow.
    ['The sediment shows that the crane is old.', 'claim: that the crane is old | The sediment'],
    ['The sediment shows a crane in the dark of night.'],
    // Nouns and adjectives that lead to what is said.
    ['Ada Keel expressed concern that the crane was old.', 'claim: that the crane was old | Ada Keel'],
    ['Ada Keel made it clear that the crane was old.', 'claim: that the crane was old | Ada Keel'],
    ['Ada Keel is convinced that the crane is old.', 'claim: that the crane is old | Ada Keel'],
    [
      'Nobody heard Ada Keel’s repeated claim that the crane was old.',
      'claim: that the crane was old | Ada Keel'
    ],
    [
      'Nobody heard the captain’s claim that the crane was old.',
      'claim: that the crane was old | the captain'
    ],
    ['Mrs. Ada Keel waited. Her fear is that the crane is old.', 'claim: that the crane is old | Ada Keel'],
    ['Nor is it clear that the crane is old.'],
    ['It is a fact that the crane is old.'],
    ['The claim that the crane was old came late.'],
    ['Ada Keel could not make the case that the crane was old.'],
    ['They heard the (loud) claim that the crane was old.'],
    // When, where and to whom stand between a verb and its claim.
    ['Ada Keel has said for weeks she is cold.', 'claim: she is cold | Ada Keel'],
    ['Ada Keel has since said she is cold.', 'claim: she is cold | Ada Keel'],
    ['Ada Keel explained after the race, she would swim.', 'claim: she would swim | Ada Keel'],
    ['Ada Keel said on the radio, where she works, that boats leak.', 'claim: that boats leak | Ada Keel'],
    ['Ada Keel promised Monday to mend the boat.', 'claim: to mend the boat | Ada Keel'],
    ['Ada Keel told me they had left.', 'claim: they had left | Ada Keel'],
    ['Ada Keel asked Otto Brine whether boats leak.', 'claim: whether boats leak | Ada Keel'],
    ['As Ada Keel said, the two boats are the oldest.', 'claim: the two boats are the oldest | Ada Keel'],
    // Where a claim ends.
    ['Ada Keel, who said the crane was old, left on Monday.', 'claim: the crane was old | Ada Keel'],
    ['Noting that the crane is old, Ada Keel left the town.', 'claim: that the crane is old | Ada Keel'],
    ['Ada Keel said the crane was old — an idea of the cook.', 'claim: the crane was old | Ada Keel'],
    ['Ada Keel said the crane was sold, a loss for the town.', 'claim: the crane was sold | Ada Keel'],
    [
      'Ada Keel denounced the rich board and rejected the plan of Otto Brine.',
      'claim: the rich board | Ada Keel',
      'claim: the plan of Otto Brine | Ada Keel'
    ],
    [
      'If it rains, Ada Keel said, boats leak like baskets.',
      'claim: If it rains ... boats leak like baskets | Ada Keel'
    ],
    // What somebody says of others rests on who says it; what was proposed may stand before.
    [
      'Ada Keel said Otto Brine believes that the crane is old.',
      'claim: Otto Brine believes that the crane is old | Ada Keel'
    ],
    ['The cook read the plan, which Ada Keel proposed two months ago.'],
    ['The work of attacking the old board went on.'],
    ['Mocking Ada Keel in the harbour may be easy.'],
    ['The harbour has one boat per 20 sailors.'],
    ['A cook who supports the plan of the board left.'],
    ['Ada Keel praised him in the harbour.'],
    ['Ada Keel maintained a good speed on the captain’s boat.'],
    [
      'The dock of the town, Ada Keel said, sank in the long night of the storm.',
      'claim: sank in the long night of the storm | Ada Keel'
    ],
    [
      'The old dock of the town, Ada Keel said, would sink in the storm.',
      'claim: The old dock of the town ... would sink in the storm | Ada Keel'
    ],
    ['It is no surprise to her, Ada Keel said, that boats leak.', 'claim: that boats leak | Ada Keel'],
    ['The port was closed, said Ada Keel on Monday.', 'claim: The port was closed | Ada Keel'],
    ['Ada Keel denounced the rich board and was late.', 'claim: the rich board | Ada Keel'],
    ['Ada Keel denounced the rich board and Otto Brine jumped.', 'claim: the rich board | Ada Keel'],
    ['Ada Keel denounced the rich board but she was late.', 'claim: the rich board | Ada Keel'],
    ['Ada Keel said the boats leak (a cook saw it. It was late).', 'claim: the boats leak | Ada Keel'],
    [
      'Ada Keel said the boats were old (she owns one).',
      'claim: the boats were old (she owns one) | Ada Keel'
    ],
    ['Ada Keel, who said the crane was old, was late.', 'claim: the crane was old | Ada Keel'],
    ['Ada Keel, who said the crane was old, jumped.', 'claim: the crane was old | Ada Keel'],
    ['The sailors, who said the crane was old.', 'claim: the crane was old | The sailors'],
    ['Nobody heard the sediment’s claim that the crane was old.'],
    ['It is certain that the crane was old and grey.'],
    ['Ada Keel made the case that boats.'],
    ['Half the sailors said they were cold.', 'claim: they were cold | Half the sailors'],
    ['Six in boats said they were cold.'],
    ['Nearly half of the sailors said they were cold.', 'claim: they were cold | Nearly half of the sailors'],
    ['Ada Keel denounced the rich board and.', 'claim: the rich board and | Ada Keel'],
    [
      'Ada Keel said the crane was old, according to Otto Brine.',
      'claim: Ada Keel said the crane was old | Otto Brine'
    ],
    ['Ada Keel, who said the crane was old, tells nobody.', 'claim: the crane was old | Ada Keel'],
    ['Ada Keel of the west side, cook of the town, said boats can leak.', 'claim: boats can leak | Ada Keel'],
    ['Ada Keel said on Monday she, too, wants a dock.', 'claim: she, too, wants a dock | Ada Keel'],
    ['He sails per.'],
    ['The port was closed, said Ada Keel.', 'claim: The port was closed | Ada Keel'],
    ['A poll shows that boats are loved by all.', 'claim: that boats are loved by all | A poll'],
    ['More than 20 sailors said the boat was old.', 'claim: the boat was old | More than 20 sailors'],
    ['One of the sailors said the boat was old.', 'claim: the boat was old | One of the sailors'],
    ['“It leaks,” said the University of Brine.', 'It leaks | University of Brine'],
    ['“It leaks,” Ada Keel said in an interview with Coast Radio.', 'It leaks | Coast Radio < Ada Keel'],
    ['With Otto Brine shouting, “It leaks!” the boat sank.', 'It leaks! | Otto Brine'],
    ['The report, which notes, “It leaks and it sinks,” is old.', 'It leaks and it sinks | The report'],
    ['According to Ada Keel, chair of the board, the boat was old.', 'claim: the boat was old | Ada Keel'],
    ['Ada Keel warned the board that the boat was old.', 'claim: that the boat was old | Ada Keel'],
    [
      'Ada Keel said the boat was old, adding that it leaks and said it was sold.',
      'claim: the boat was old | Ada Keel',
      'claim: that it leaks | Ada Keel',
      'claim: it was sold | Ada Keel'
    ],
    ['“It leaks,” said Ada Keel, 54.', 'It leaks | Ada Keel'],
    [
      'Ada Keel called it “a very old thing,” adding: “It sinks.”',
      'a very old thing | Ada Keel',
      'It sinks. | Ada Keel'
    ],
    [
      'Ada Keel called it “a very old thing,” adding to “a very bad plan.”',
      'a very old thing | Ada Keel',
      'a very bad plan. | Ada Keel'
    ],
    ['Ada Keel called it “a very old thing,” adding to “Old Boats”.', 'a very old thing | Ada Keel'],
    ['“It leaks,” Ada Keel said.\n\n“It sinks,” and more.', 'It leaks | Ada Keel'],
    ['“It leaks,” Ada Keel said.\n\nThe crew and “a cat”', 'It leaks | Ada Keel'],
    ['Boats leak, according to.'],
    ['Boats leak, according to a report written by the Keel Trust.', 'claim: Boats leak | Keel Trust'],
    ['“It leaks,” said Ada Keel, a cook, on Monday.', 'It leaks | Ada Keel'],
    ['“It leaks,” said Ada Keel, a Brine native, on Monday.', 'It leaks | Ada Keel'],
    ['“It leaks,” said Ada Keel, a Brine native.', 'It leaks | Ada Keel'],
    ['“It leaks,” said Ada Keel, b.', 'It leaks | Ada Keel'],
    ['“It leaks,” the spokeswoman, Ada Keel, said.', 'It leaks | Ada Keel'],
    [
      '“It leaks,” said Mrs. Ada Keel.\n\n“It sinks,” said Mr. Otto Brine.',
      'It leaks | Ada Keel',
      'It sinks | Otto Brine'
    ],
    ['“It leaks,” Ada Keel mused.', 'It leaks | Ada Keel'],
    ['Ada Keel wondered whether the boat was old.', 'claim: whether the boat was old | Ada Keel'],
    ['Ada Keel deadpanned the whole day.'],
    ['“It leaks,” said Will Keel, a cook.', 'It leaks | Will Keel'],
    ['Article 12 affirms: “No boat shall sail at night.”', 'No boat shall sail at night. | Article 12'],
    ['It surprised cook Ada Keel: “The boat was new.”', 'The boat was new. | Ada Keel'],
    ['It was so: “The boat was new.”'],
    ['Among them all: “The boat was new.”'],
    ['PORT BRINE (Coast Wire) — Ada Keel cheered: “It floats.”', 'It floats. | Ada Keel'],
    ['Nina Keel came.\n\nHer answer: “It floats.”', 'It floats. | Nina Keel'],
    ['“It floats.”\n\n― Ada Keel, speaking at noon', 'It floats. | Ada Keel'],
    [
      '“The plan,” Ada Keel said, is “a very old gift.”',
      'The plan | Ada Keel',
      'a very old gift. | Ada Keel'
    ],
    [
      'Ada Keel rejected the plan. “The boat leaks like a basket.” Nobody spoke.',
      'The boat leaks like a basket. | Ada Keel'
    ],
    [
      'Ada Keel rejected the plan.\n\n“The boat leaks like a basket.”',
      'The boat leaks like a basket. | Ada Keel'
    ],
    ['The plan was rejected.\n\n“The boat leaks like a basket.”'],
    ['Ada Keel never slept.\n\n“The boat leaks like a basket.”'],
    [
      '“It leaks,” Ada Keel told the “Morning Watch” on Monday. “It sinks.”',
      'It leaks ... It sinks. | Morning Watch < Ada Keel'
    ],
    ['The “old guard” said nothing.'],
    ['The “Old but very big and merry Guard” said nothing.'],
    ['“It leaks," said Ada Keel.', 'It leaks | Ada Keel'],
    ['"He called it “old” and left," said Ada Keel.', 'He called it “old” and left | Ada Keel'],
    ['“She called it "old" and left,” said Ada Keel.', 'She called it "old" and left | Ada Keel'],
    ['“It is old.“ Ada Keel said.', 'It is old. | Ada Keel'],
    ['“It leaks and sinks” said Ada Keel.', 'It leaks and sinks | Ada Keel'],
    [
      '“It leaks,” Ada Keel said on Coast Radio’s “The Harbor Hour With Otto Brine” last week. “It sinks.”',
      'It leaks ... It sinks. | Ada Keel'
    ],
    [
      '“It leaks,” Ada Keel said, and “a very old mast broke.”',
      'It leaks ... a very old mast broke. | Ada Keel'
    ],
    ['“It leaks,” Ada Keel said “It sinks too.”', 'It leaks ... It sinks too. | Ada Keel'],
    ['“It leaks,” Ada Keel said. “Rowers” is a word for sailors.', 'It leaks | Ada Keel'],
    [
      '“It leaks,” Ada Keel said, adding that nobody swims -- “and it sinks.”',
      'It leaks | Ada Keel',
      'and it sinks. | Ada Keel',
      'claim: that nobody swims | Ada Keel'
    ],
    [
      'Ada Keel saw “a very old boat,” Otto Brine said: “It sinks.”',
      'a very old boat | Otto Brine',
      'It sinks. | Otto Brine'
    ],
    [
      'Otto Brine says it has “a very old mast.” Ada Keel said the crew is young.',
      'a very old mast. | Otto Brine',
      'claim: the crew is young | Ada Keel'
    ],
    [
      'Otto Brine says it has “a very old mast.” Ada Keel said: “It sinks.”',
      'a very old mast. | Otto Brine',
      'It sinks. | Ada Keel'
    ],
    ['It has “a very old mast.” Ada Keel said on Monday.', 'a very old mast. | Ada Keel'],
    ['It has “a very old mast.” Ada Keel told the cook.', 'a very old mast. | Ada Keel'],
    ['Ada Keel found “rum,” a cask of it, adding in a letter: “It sinks.”', 'It sinks. | Ada Keel'],
    ['“It leaks,” said Otto Brine of oldboats.com yesterday.', 'It leaks | Otto Brine'],
    ['Otto Brine wrote “The Late Boat” in May.'],
    [
      'Ada Keel called the boat “a very old thing” and said on “Harbor Watch” that it leaks.',
      'a very old thing | Ada Keel',
      'claim: that it leaks | Ada Keel'
    ],
    [
      '“It leaks,” Ada Keel said.\n\n“It sinks.\n\n“All of it.”',
      'It leaks ... It sinks. All of it. | Ada Keel'
    ],
    ['“It leaks,” Ada Keel said.\n\n“A Boat in May”', 'It leaks | Ada Keel'],
    [
      '“It leaks,” said Ada Keel.\n\n“It sinks.\n\n“All of it,” said Otto Brine.',
      'It leaks | Ada Keel',
      'It sinks. All of it | Otto Brine'
    ],
    [
      'Ada Keel called the boat “a very old thing.”\n\n“It sinks.”',
      'a very old thing. | Ada Keel',
      'It sinks. | Ada Keel'
    ],
    ['“It leaks,” Ada Keel said on “The Late Boat” again.', 'It leaks | Ada Keel'],
    ['“It leaks,” said Ada Keel, who lives there.', 'It leaks | Ada Keel'],
    ['Ada Keel was criticized for “a very odd plan”.'],
    ['Ada Keel was asked by host Bo Oar whether the dock leaks.', 'claim: whether the dock leaks | Bo Oar'],
    ['The plan for the dock was rejected by harbour master Bo Oar.', 'claim: The plan for the dock | Bo Oar'],
    ['It was rejected by harbour master Bo Oar, and the dock was painted by the gulls.'],
    ['The old plan for the dock was rejected by the gulls.'],
    ['The dock was told by harbour master Bo Oar of the north.'],
    ['Harbour master Bo Oar herself proposed a tax on big boats.', 'claim: a tax on big boats | Bo Oar'],
    ['Harbour master Bo Oar last year proposed a tax on big boats.', 'claim: a tax on big boats | Bo Oar'],
    ['Harbour master Bo Oar on Monday said the dock leaks badly.', 'claim: the dock leaks badly | Bo Oar'],
    ['Harbour master Bo Oar Monday said the dock leaks badly.', 'claim: the dock leaks badly | Bo Oar'],
    ['Bo Oar did not name the boat but did note that the dock leaks.', 'claim: that the dock leaks | Bo Oar'],
    ['Data of the port show that the dock leaks.', 'claim: that the dock leaks | Data'],
    [
      'It was a plan by Bo Oar, who criticized the old board of the port.',
      'claim: the old board of the port | Bo Oar'
    ],
    [
      'Half of the sailors saying the dock leaks stayed in the port.',
      'claim: the dock leaks stayed in the port | Half of the sailors'
    ],
    [
      'The dock leaks, according to Bo Oar, although few of the sailors have seen that with their own eyes.',
      'claim: The dock leaks | Bo Oar'
    ],
    ['How Bo Oar answers that question will have a bearing on the port.'],
    ['The dock is old, said harbour master Bo Oar, who sails.', 'claim: The dock is old | Bo Oar'],
    ['On a cold morning at sea in the north, Bo Oar told a joke.'],
    [
      'The dock of the north leaks badly, Bo Oar told reporters.',
      'claim: The dock of the north leaks badly | Bo Oar'
    ],
    ['The port sold it to the rival, Bo Oar of the north, who added a crane.'],
    ['Refugees admitted to the town are few and old.'],
    [
      'Bo Oar said the dock leaks badly, and Ada Keel added that it will be mended.',
      'claim: the dock leaks badly | Bo Oar',
      'claim: that it will be mended | Ada Keel'
    ],
    [
      'Bo Oar said the dock leaks badly, the Tide News reported on Monday.',
      'claim: Bo Oar said the dock leaks badly | Tide News'
    ],
    [
      'Bo Oar said the dock leaks badly, and the gulls added that it is old.',
      'claim: the dock leaks badly, and the gulls added that it is old | Bo Oar',
      'claim: that it is old | the gulls'
    ],
    ['Some said the dock leaks.', 'claim: the dock leaks | Some'],
    ['Bo Oar said the dock leaks a lot compared to the old one.', 'claim: the dock leaks a lot | Bo Oar'],
    [
      'The firm of the port in Brine and Corrin, said harbour master Bo Oar, who sails.',
      'claim: The firm of the port in Brine and Corrin | Bo Oar'
    ],
    [
      'The board, a group of the north, said the harbour master.',
      'claim: The board, a group of the north | the harbour master'
    ],
    ['Something Ada Keel opposed in the port was the plan of the board.'],
    [
      'Bo Oar favors the old law of the port and opposes the new one.',
      'claim: the old law of the port | Bo Oar',
      'claim: the new one | Bo Oar'
    ],
    ['The plan, first reported by The Tide News, is old.'],
    [
      'A Tide News/Wire poll showed that the dock leaks.',
      'claim: that the dock leaks | A Tide News/Wire poll'
    ],
    [
      'Some have suggested that Mr. Keel, whose own boat sank, is a poor witness of it.',
      'claim: that Mr. Keel, whose own boat sank, is a poor witness of it | Some'
    ],
    [
      '“It leaks every time,” Tide This Morning co-anchor Bo Oar said. “It is the rain.”',
      'It leaks every time ... It is the rain. | Bo Oar'
    ],
    [
      '“It leaks a lot,” said Bo Oar, one of the “big four” of the port. “They said it did.”',
      'It leaks a lot ... They said it did. | Bo Oar'
    ],
    [
      'Yet another of them left the port. Another said, “It leaks less than a bucket does.”',
      'It leaks less than a bucket does. | Another'
    ],
    // Months that people are called by, and months.
    [
      '“We sail,” Theresa May said at noon. “We wait,” May added.\n\nMay said the boats leak.',
      'We sail | Theresa May',
      'We wait | Theresa May',
      'claim: the boats leak | Theresa May'
    ],
    [
      '“We sail,” said Theresa May.\n\n“We wait,” said May. “We rest,” said Mrs. May.',
      'We sail | Theresa May',
      'We wait | Theresa May',
      'We rest | Theresa May'
    ],
    [
      '“We sail,” said April Keel.\n\n“We wait,” said Keel. “We rest,” said Captain June Brine.',
      'We sail | April Keel',
      'We wait | April Keel',
      'We rest | June Brine'
    ],
    ['In April Otto Brine said the crane was old.', 'claim: the crane was old | Otto Brine'],
    ['Otto Brine in May said the crane was old.', 'claim: the crane was old | Otto Brine'],
    ['On May 3 Otto Brine said the crane was old.', 'claim: the crane was old | Otto Brine'],
    ['May reports say the crane is old.', 'claim: the crane is old | reports'],
    ['It rained on a cold Monday. “It leaks,” she said.', 'It leaks | she'],
    // A king is no participle, and a group's report no verb.
    ['King Otto was blunt: “The crane is old.”', 'The crane is old. | Otto'],
    ['“It leaks,” said Otto Brine, king of the coast.', 'It leaks | Otto Brine'],
    ['Police reports say the crane is old.', 'claim: the crane is old | Police reports'],
    ['The police report says the crane is old.', 'claim: the crane is old | The police report'],
    [
      'Police said the crane was old in a council report.',
      'claim: the crane was old in a council report | Police'
    ],
    // Who quotes nobody but himself rests on nobody.
    ['The crane is old, I said.'],
    ['One of Keel’s friends said they were cold.', 'claim: they were cold | One of Keel’s friends'],
    ['The crane is old, she said.', 'claim: The crane is old | she'],
    // A clause between dashes or brackets tells of who stands before it.
    ['Otto Brine — who said the crane was old — left on Monday.', 'claim: the crane was old | Otto Brine'],
    ['Otto Brine (who said the crane was old) left on Monday.', 'claim: the crane was old | Otto Brine'],
    ['Otto Brine, who Ada Keel said was late, left on Monday.'],
    ['Ada Keel who spoke up last said the crane was old.', 'claim: the crane was old | Ada Keel'],
    // When something was thought or written is not what.
    ['Ada Keel wrote late into the night.'],
    ['Ada Keel tweeted this.'],
    ['Ada Keel wrote last week in a letter to the board.'],
    ['Ada Keel believed this crane was old.', 'claim: this crane was old | Ada Keel'],
    // Whom "she" can stand for.
    ['“It leaks,” Nina Keel said.\n\n“A lot,” she added.', 'It leaks | Nina Keel', 'A lot | Nina Keel'],
    ['“It leaks,” Nina Keel said.\n\n“A lot,” he added.', 'It leaks | Nina Keel', 'A lot | he'],
    [
      'The letter was for Nina Keel. Captain Robin Esk sailed north.\n\n“It leaks,” she said.',
      'It leaks | she'
    ],
    ['Captain Robin Esk met Captain Sidra Doyle.\n\n“It leaks,” she said.', 'It leaks | Robin Esk'],
    [
      '“It rained,” said Captain Robin Esk. Nina Keel came late. Captain Esk sailed north.\n\n“It leaks,” she said.',
      'It rained | Robin Esk',
      'It leaks | Robin Esk'
    ],
    ['Nina Keel wants more. “It leaks,” she said.', 'It leaks | Nina Keel'],
    ['At the helm: Nina Keel. The boat sank. “It leaks,” she said.', 'It leaks | Nina Keel'],
    // A line that breaks ends a name.
    ['Nina Keel\nShe said the crane was old.', 'claim: the crane was old | Nina Keel'],
    // An outlet before the name, in the genitive or by what it is.
    [
      '“It leaks,” said RealTide’s Ana Keel.\n\n“It sinks,” Keel said.',
      'It leaks | Ana Keel',
      'It sinks | Ana Keel'
    ],
    ['“It leaks,” the newspaper Coast Tide wrote.', 'It leaks | Coast Tide']
  ],
  German: [
    ['Reuters zitierte Ada Keel mit den Worten: „Wir fahren.“', 'Wir fahren. | Reuters < Ada Keel'],
    ['Am Montag zitierte niemand den Koch des Schiffes. „Wir fahren.“'],
    ['„Wir fahren“, wurde Ada Keel von Reuters zitiert.', 'Wir fahren | Reuters < Ada Keel'],
    ['„Wir fahren“, wurde Ada Marie von Keel zitiert.', 'Wir fahren | Ada Marie von Keel'],
    ['„Wir fahren“, sagte Ada „Adi“ Keel am Montag auf der Fähre.', 'Wir fahren | Ada „Adi“ Keel'],
    ['„Wir fahren“, sagte Bo ten Keel am Montag auf der Fähre.', 'Wir fahren | Bo ten Keel'],
    ['„Die Kräne sind alt“, schreibt die „Uferwoche“.', 'Die Kräne sind alt | Uferwoche'],
    ['„Die Kräne sind alt“, zitiert das „Ufer“ Karla Brand.', 'Die Kräne sind alt | Ufer < Karla Brand'],
    ['„Die Kräne sind alt“, zitiert das „Ufer“ nach langer Zeit.', 'Die Kräne sind alt | Ufer'],
    [
      '„Die Kräne sind alt“, sagte ein Ingenieur der Zeitung „Neues Ufer“.',
      'Die Kräne sind alt | Neues Ufer < ein Ingenieur'
    ],
    ['„Die Kräne sind alt“, sagte Uwe von der Brand.', 'Die Kräne sind alt | Uwe von der Brand'],
    ['„Die Kräne sind alt“, wird Karla Brand zitiert.', 'Die Kräne sind alt | Karla Brand'],
    [
      'Am Abend wird Karla Brand wie folgt zitiert: „Die Kräne sind alt.“',
      'Die Kräne sind alt. | Karla Brand'
    ],
    ['Karla Brand wurde mit den Worten zitiert, „die Kräne sind alt“.', 'die Kräne sind alt | Karla Brand'],
    ['In dem Schreiben heißt es: „Die Kräne sind alt.“', 'Die Kräne sind alt. | Schreiben'],
    ['„Die Kräne sind alt“, hieß es in einer Mitteilung.', 'Die Kräne sind alt | Mitteilung'],
    [
      '„In Bälde“, so Karla Brand, wird die Werft „neue Kräne aus Holz bauen“.',
      'In Bälde | Karla Brand',
      'neue Kräne aus Holz bauen | Karla Brand'
    ],
    ['„Die Kräne sind alt“, sagte Karla Brand, die Leiterin der Werft.', 'Die Kräne sind alt | Karla Brand'],
    ['„Die Kräne sind alt“, wird die Reederei zitiert.', 'Die Kräne sind alt | die Reederei'],
    ['Karla Brand wurde zitiert, es sei „ein alter Hut aus Holz“.', 'ein alter Hut aus Holz | Karla Brand'],
    [
      '„Es eilt“, sagte Karla Brand der Zeitung „Neues von Heute“.',
      'Es eilt | Neues von Heute < Karla Brand'
    ],
    ['„Die Kräne sind alt“, heißt es von zwei Beamten.', 'Die Kräne sind alt | zwei Beamten'],
    ['Aus Brandhafen hieß es: „Die Kräne sind alt.“'],
    ['„Die Kräne sind alt“, ließ Karla Brand verlauten.', 'Die Kräne sind alt | Karla Brand'],
    ['Den Plan nannte er „einen sehr alten Hut“.', 'einen sehr alten Hut | er'],
    ['Der Rat stritt. Als „alten Hut“ bezeichnete Karla Brand den Plan.', 'alten Hut | Karla Brand'],
    [
      'Karla Brand lehnte den Plan ab. „Die Kräne sind viel zu alt.“',
      'Die Kräne sind viel zu alt. | Karla Brand'
    ],
    ['Den Plan brachte die Leiterin, Karla Brand, zu Fall: „Das ist alt.“', 'Das ist alt. | Karla Brand'],
    [
      'Der Hafen ist nicht für die Boote gebaut. „Das Wasser steigt“, sagte Hafenmeisterin Karla Brand.',
      'Das Wasser steigt | Karla Brand'
    ],
    ['Das ist die Lage und der Wind: »Wir warten«, so Kapitän Uwe Sand.', 'Wir warten | Uwe Sand'],
    [
      'Am Montag erklärte Kapitän Uwe Sand (SPD) dazu: „Wir warten auf den Wind.“',
      'Wir warten auf den Wind. | Uwe Sand'
    ],
    [
      'Kapitän Uwe Sand sagte, dass der Hafen nicht mehr sicher sei.',
      'claim: dass der Hafen nicht mehr sicher sei | Uwe Sand'
    ],
    // Who was told something stands in the dative, not in the nominative.
    ['Dem Kapitän Uwe Sand sagte der Rat: „Wir warten auf den Wind.“', 'Wir warten auf den Wind. | der Rat'],
    ['Dem Kapitän Uwe Sand sagte man: „Wir warten auf den Wind.“'],
    [
      'Die Kapitänin Karla Brand kam spät. „Die Kräne sind alt“, sagte sie Reuters am Montag.',
      'Die Kräne sind alt | Karla Brand'
    ]
  ],
  French: [
    [
      '« La mer monte dans le port », a déclaré la capitaine Odile Brune.',
      'La mer monte dans le port | Odile Brune'
    ],
    [
      '« La mer, explique le pêcheur Luc Aubin, est dans le port. »',
      'La mer ... est dans le port. | Luc Aubin'
    ],
    ['Selon le rapport, les bateaux sont dans le port.', 'claim: les bateaux sont dans le port | le rapport'],
    ['Selon Luc Aubin, les bateaux sont dans le port.', 'claim: les bateaux sont dans le port | Luc Aubin']
  ],
  Spanish: [
    ['– Nadie sube al barco, nunca, y la barca no sale del puerto.'],
    [
      '“El mar sube en el puerto”, dijo la ingeniera Rosa Mar. “Y mucho”, añadió.',
      'El mar sube en el puerto | Rosa Mar',
      'Y mucho | Rosa Mar'
    ],
    [
      '“Vine por el mar —cuenta Elena Mar, la última farera— y me quedé”.',
      'Vine por el mar ... y me quedé | Elena Mar'
    ]
  ],
  Portuguese: [
    ['“O mar não para no porto”, disse a engenheira Rosa Lima.', 'O mar não para no porto | Rosa Lima']
  ],
  Italian: [
    [
      '«Il mare non è più nel porto», ha detto la sindaca Chiara Riva.',
      'Il mare non è più nel porto | Chiara Riva'
    ]
  ],
  Dutch: [
    ['„Het water is in de haven”, zegt burgemeester Anouk Vis.', 'Het water is in de haven | Anouk Vis']
  ],
  Norwegian: [
    ['– Ingen er på båten nå, sier kaptein Kari Strand.', 'Ingen er på båten nå | Kari Strand'],
    [
      '«Det er ikke en båt», sa kokk Odd Vik til avisen Havposten.',
      'Det er ikke en båt | Havposten < Odd Vik'
    ]
  ],
  Swedish: [['”Det är inte en båt”, säger kapten Karin Strand.', 'Det är inte en båt | Karin Strand']],
  Danish: [['»Det er ikke en båd«, siger kaptajn Mette Strand.', 'Det er ikke en båd | Mette Strand']]
}

for (const [language, examples] of Object.entries(languages)) {
  t.test(`reported speech is read in ${language}`, async (t) => {
    const read = await reader(t)
    for (const [text, ...expected] of examples) t.same(await read(text), expected, text)
  })
}

t.test('a page in a language that is not read says so', async (t) => {
  const { post } = await app(t)
  const page = `Sataman päivä\n\n${'Vanha nosturi seisoo yhä laiturilla vaikka kukaan enää tarvitse sitä missään työssä täällä satamassa jossa laivat lastataan uudella koneella joka ostettiin viime keväänä ulkomailta kalliilla hinnalla ja siksi kaupunki myy vanhan pois ensi syksynä tarjousten perusteella ilman huutokauppaa kuten valtuusto päätti kokouksessaan eilen illalla pitkän keskustelun jälkeen yksimielisesti'}.`
  const { quotes, warnings } = (
    await post('/v1/imports', page as never, { headers: { 'content-type': 'text/plain' } })
  ).json<Imported>()
  t.same(quotes, [])
  t.ok(warnings.some(({ code }) => code === 'language-not-read'))
})
