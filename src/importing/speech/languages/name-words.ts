// Words by which names are told apart, of all languages that are read: pages name outlets and offices of other countries too.

const wordsOf = (list: string) => new Set(list.split(/\s+/))

/** Capitalised only because a sentence begins with them, or not anybody's name. */
export const noNames = wordsOf(
  `A An The This That These Those It He She They We I You There Here His Her Their Our My Your Its Who What When Where
  Why How Which If In On At By For From To Of With As After Before During Since Until While Because But And Or So Yet
  Then Now Later Earlier Meanwhile However Still Also Once Not No Yes Some Many Most Few Several All Both Each One Two
  Three Four Five Six Seven Eight Nine Ten Last Next Critics Officials Sources People Asked Speaking According Under
  Over Despite Although Though Instead Today Yesterday Tomorrow Tonight Monday Tuesday Wednesday Thursday Friday
  Saturday Sunday January February March April May June July August September October November December Photo
  Photograph Read More Likewise Besides Perhaps Maybe Indeed Thus Hence Furthermore Moreover Nonetheless Nevertheless
  Afterward Afterwards Please Thanks Well Only Even Just Such Among Between Through Within Without Against Another
  Other Others Every Much Less Back Again Always Never Often Sometimes Soon Ever`
)

/** What stands before the name of a person. */
export const titles = wordsOf(
  `Mr Mrs Ms Dr Prof Professor Mayor President Director Senator Sen Representative Rep Congressman Congresswoman
  Governor Gov Minister Secretary Judge Justice Captain Capt General Gen Colonel Col Lieutenant Lt Sergeant Sgt
  Officer Chief Sheriff Commissioner Chancellor Chairman Chairwoman Chair Ambassador Attorney Councillor Councilor
  Councilman Councilwoman King Queen Prince Princess Pope Bishop Archbishop Reverend Rev Sir Lady Lord Dame Deputy
  Inspector Superintendent Coach Spokesman Spokeswoman Premier Speaker Treasurer Editor Manager Principal Rabbi Imam`
)

/** Words in the names of organizations, and of nobody. */
export const organizations = wordsOf(
  `News Wire Times Post Press Journal Herald Tribune Radio TV Television Magazine Gazette Guardian Chronicle Observer
  Reuters Bloomberg Politico Telegraph Standard Mail Echo Broadcasting Inc Corp Ltd LLC Company Foundation Agency
  Ministry University College School Institute Council Police Party Union Committee Court Department Office
  Association Bank Board Bureau Authority Commission Congress Senate Parliament Government Administration House
  Hospital Group Network Society Trust Federation Organization Organisation Center Centre Service Services Fund Club
  Dispatch Campaign Coalition Alliance League Army Navy Pentagon Kremlin Treasury Democrats Republicans GOP Airlines
  Airways Motors Systems Technologies Partners Holdings Industries Academy Museum Church Studio Studios Records Media
  Zeitung Partei Bundestag Bundesbank Regierung Verband Gesellschaft Verein Ministerium Polizei Fondation Ministère
  Banco Asociación Universidad Ministerio Partido`
)

/** Words in the names of newspapers, broadcasters and agencies. */
export const outlets = wordsOf(
  `News Wire Times Post Press Journal Herald Tribune Radio TV Television Magazine Gazette Guardian Chronicle Observer
  Reuters Bloomberg Politico Telegraph Standard Mail Echo Broadcasting Dispatch Mirror Globe Daily Examiner Inquirer
  Sun Independent Star Spiegel Zeitung Bild Tagblatt Tageblatt Kurier Anzeiger Monde Figaro País Mundo Repubblica
  Corriere Sky MSNBC Breitbart Newsmax Fox Today BuzzFeed Axios NBC ABC CBS CNN BBC NPR PBS AP AFP DPA ITV`
)

/** Days, months and feasts. */
export const times = wordsOf(
  `Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
  October November December Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März Mai Juni
  Juli Oktober Dezember Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Christmas Easter Thanksgiving`
)

/** Places, and what the last word of the name of a place is. */
export const places = wordsOf(
  `America Britain England Scotland Wales Ireland France Germany Spain Italy Portugal Norway Sweden Denmark Finland
  Russia China Japan India Iran Iraq Israel Syria Turkey Mexico Canada Brazil Australia Europe Asia Africa Alabama
  Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois Indiana Iowa
  Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska
  Nevada Hampshire Jersey York Carolina Dakota Ohio Oklahoma Oregon Pennsylvania Rhode Tennessee Texas Utah Vermont
  Virginia Washington Wisconsin Wyoming Park Field Fields Street Avenue Road Square Bridge River Lake Bay Ocean Sea
  Beach Harbor Harbour Hill Hills Valley Island Islands Mountain Mountains County Airport Station Port Tower Castle
  Garden Gardens Forest Creek Springs Heights City Town Village Plaza`
)
