package diagnose

// key names a clause of the table below.
type key uint16

const (
	silent key = iota // nothing to say
	inText            // the text is the clause

	// Causes.
	breaksRule
	refusesValue
	refusesNamed
	refusesUnseen
	meetsRule
	meetsOneRule
	namedButAbsent
	notAccepted
	takesThere
	underCondition
	atThisSize
	orOtherSize
	whereOtherIs
	andNotHeld
	listHasName
	isProperName
	listLacksToo
	exclude
	sharedID
	asMilliseconds
	missingBeside
	missing
	isEmpty
	missingAlternatives
	saysMissingButHeld
	lacksFrame
	elsewhere
	misspelt
	groupExcludes
	keepGroupOrOther
	sizeMeetsRule
	sizeBreaksRule
	pointsOnOther
	doesNotGo
	goesWithOther
	repeatsItem
	repeatsMember
	relationBroken
	relationHolds
	reckonedBreaks
	reckonedMeets
	sizeInList
	sizeNotInList
	sizeUnlisted
	sizeIncomplete
	fileUnfit
	refusesFileAt
	formatNotTaken
	inBrackets
	dataURIUnusable
	dataURIRefused
	dataBeginsLike
	base64Unreadable
	whichBeginsLike
	andIncomplete
	noMediaForm
	namedMediaAbsent
	stringForArray
	andLooksLikeFile
	localPath
	modelNotTaken
	oldTaskShape
	noTaskType
	noModel
	noModelID
	blankAround
	providerModelGone
	providerMediaUnfit
	providerRefusedName
	refusedUnnamed
	unknownError
	unknownCode
	nothingSaid
	refusedPrompt
	refusedTextAt
	refusedImageIn
	refusedVideoIn
	refusedAudioIn
	refusedPerson
	refusedImageOut
	refusedVideoOut
	refusedAudioOut
	refusedOutput
	refusedCopyright
	atName
	oneOfFiles
	inItsWords
	foreignTo
	onlyFile
	atHost
	formIsRight
	taskIDThere
	giveResult
	formsAreRight
	nothingThere
	hostRefuses
	hostIsDown
	againOrUpload
	pageThere
	pageByForm
	privateHost
	notURL
	privateURL
	notDownloaded
	downloadIsPage
	notBlob
	downloadDamaged
	downloadTooLarge
	smallerDownload
	overProtected
	withFigures
	whichMention
	whichName
	whichSpeakOf
	overSubjects
	fileSpokenOf
	aboutSwitch
	changeSwitch
	refusesSwitch
	someFileSpokenOf
	linkIsSigned
	hostRefusesSigned
	ofItsProperty
	stepFailed
	whichSpeaksOf
	listHasItInside
	saysMoved
	providerWords
	orNames
	providerEnded
	providerLacks
	refusedNoReason
	answeredByPage
	refusedPersonOf
	balanceReserved
	providerUnpaid
	answerTooLong
	shortenAnswer
	shortenOnlyAnswer
	shortenOrSplit
	notOfferedThere
	otherThere
	accountUnpaid
	payWhatIsOpen
	fileOfOtherSize
	breaksSchema
	valueBreaksSchema
	taskBreaksSchema
	schemaRequires
	schemaChoice
	schemaRefuses
	schemaExclusive
	schemaItems
	schemaForms
	schemaUnread
	likelyReason
	likelyBehind
	isShortName
	notListed
	isDeprecated
	isComing

	// Mends.
	removeItems
	usersChoiceOfItems
	removeLast
	addItems
	shorten
	giveText
	lengthen
	removeSeed
	setNumber
	setTo
	setIfWanted
	shapeChanges
	sendAs
	setToOneOf
	setToRule
	itemWithoutArray
	intoArray
	intoMember
	alsoInItems
	outOfMember
	withoutTwins
	moveIntoArray
	andTo
	setInRequest
	setInRequestToRule
	chooseOther
	wholeRule
	keepEither
	orChangeOther
	orMeetCondition
	rulesExclude
	keepOneOfDouble
	leaveValue
	leaveSize
	changeOneOfTwo
	changeEitherAsSaid
	changeOrRemove
	leaveReckoned
	changeEither
	leaveHeld
	removeNames
	renameTo
	andRename
	findWhatSets
	useResolution
	alsoAccepted
	keepOne
	idForEach
	keepOneOfMany
	addNames
	addWishedSize
	wishOf
	addAlternatives
	giveNames
	addFrame
	sendTogether
	sendOrLeaveOut
	moveTo
	chooseSize
	chooseLargerSize
	chooseSmallerSize
	nearestInShape
	setSizeEnd
	setSizeListed
	setNearSize
	sendBothSides
	documentedSize
	changeFile
	resizeFile
	cropFile
	cutFile
	longerFile
	compressFile
	encodeFile
	otherFile
	wholeMedia
	convertTo
	wholeBase64
	mediaForms
	arrayOfMedia
	uploadFirst
	sendFileItself
	sendTaskType
	documentedTaskType
	setTaskType
	setModel
	waitThenSend
	checkMedia
	fitFile
	oddEnding
	readProvider
	readMessage
	readUnknown
	againAsSaid
	rewordPrompt
	rewordTextAt
	rewordProtected
	rewordNames
	replaceInput
	replaceFile
	replacePerson
	againThenReword
	audioOffOrAgain
	switchOffOrAgain
	saidNotCharged
	checkURL
	uploadOrDirect
	uploadFromPrivate
	directForPage
	signAnew
	givePublicURL
	openDownload
	wholeDownload
	followReason
	otherHost
	makeSureOfRequest
	credentialsOfHost
	checkAgainst
	checkUUID
	checkUUIDOnly
	checkData
	losesNames
	losesCeiling
	onceThenReport
	followWords
	fitFileOrRest
	changeWhatSets
	changeOneByWords
	leaveOut
	dropItOrOther
	dropOneOfWords
	giveWhatIsAsked
	compareWithSchema
	rewordPerson
	useAnother
	waitForRunning
	otherModelOrLater
	setNumberLacking
	setNumberBesides
	sendTasksAlone
	thatIsTasks
	firstDecide
	tasksDone
	lookFirst
	strangersStep
	firstRuns
	askedForOther
	onlyAsking
	askLessOften
	putKeyBack
	inRequest
	sendOnce
	satisfySchema
	removeMaterial
	addValue
	addListed
	setBoth
	addSize
	addChoice
	giveForm
	oneOfThese
	oneThatPasses
	onlyThisPasses
	withThat
	otherItem
	guardedMember
	guardedElsewhere
	keepsSafe
	modelStays
	otherModel
	newAddress
	newText
	wordsStay
	refusesGuarded
	costsMore
	largerCostsMore

	// What to do beside a mend.
	andSend
	andSendTasks
	sendPatched
	mendOtherToo
	mendOthersToo

	// Notes.
	moreErrors
	moreTasks
	otherTaskFailed
	strangersError
	progressWas
	progressIs
	flaggedNSFW
	oddlyEnded
	resultsBeside
	nothingIn
	foundNothing
	eachByItsID
	othersDone
	nothingOf
	cutShort
	resultsSoFar
	resultsOnly
	otherResultWas
	onlyAcknowledged
	acknowledgedNow
	strangeResponse
	noRequest
	stillBreaks
	stillBreaksTask
	costsMoreBy
	fileNotSeen
	fileRuleUnread
	patternUnread
	referenceUnread
	aboutTheLookup
	askedOften

	// What became of a task that did not fail.
	succeeded
	cancelled
	allHollow
	filteredAway
	hollowStep
	raiseLimit
	noMediaStep
	cancelledStep
	accepted
	acceptedOne
	acceptedInPart
	fetchResult
	waitReady
	succeededNow
	runsNow
	failedNow
	lookLater
	nothingRecorded
	askGetResponse

	// Lookups that brought no task.
	lookupFailed
	lookAgain
	noSuchTask
	checkID
	keyRefused
	setKey
	noKey
	setAKey
	mayNotRead
	setKeyThatMay
	lookupUnpaid
	payFirst
	lookupRateLimited
	lookupMalformed
	lookupMalformedAt
	giveTaskUUID
	lookLonger
	checkNetwork
)

// clauses are the sentences, without capitals and full stops. What stands in braces is filled in, see saying.slot.
//
//nolint:gochecknoglobals // a table, never written
var clauses = [...]string{
	silent: "", inText: "{text}",

	breaksRule:          "{name} {has seen}; {who} accepts {text}",
	refusesValue:        "{who} refuses {name}, which {has seen}; what it accepts is not said in a form that could be checked",
	refusesNamed:        "{who} refuses the value of {name}; what it accepts is not said in a form that could be checked",
	refusesUnseen:       "{who} refuses the value of {name}; accepted is {text}",
	meetsRule:           "{name} is {seen}, which meets the rule that the error states ({text}): the request does not show what was wrong",
	meetsOneRule:        "{name} is {seen}, which meets the rule that the error states ({text}) and breaks another that is stated for it",
	namedButAbsent:      "the error names {name}, which the recorded request does not hold: a default or a preset may set it",
	notAccepted:         "{who} does not accept {name}",
	whereOtherIs:        " where {name} is {value}",
	atThisSize:          " at {size}",
	orOtherSize:         "or choose another size, at which more may be accepted: which of them gives way is the user's choice",
	underCondition:      "{because}",
	takesThere:          "; it takes {names} there",
	andNotHeld:          ", and the recorded request does not hold it: a default or a preset may set it",
	isProperName:        "; {name} is a parameter of Runware's",
	listHasName:         "; its list of accepted parameters has {name}",
	listLacksToo:        "; its list of accepted parameters lacks {names} too",
	sharedID:            "{tasks} have one taskUUID, and each task needs its own",
	exclude:             "{names} cannot be used together",
	groupExcludes:       "{names} cannot be used together with {other}",
	keepGroupOrOther:    "keep {names}, or keep {other}, and remove what is not kept: which one is the user's choice",
	asMilliseconds:      "; read as milliseconds it is {value} seconds, which is accepted",
	missingBeside:       "{who} requires {names} beside {held}, and the request has no {names}",
	missing:             "{who} requires {names}, which the request does not have",
	isEmpty:             "{who} requires {names}, which is empty in the request",
	missingAlternatives: "{who} requires one of the alternatives {alternatives}, and the request has none in full",
	saysMissingButHeld:  "the error says that {held} is missing, and the recorded request holds it",
	lacksFrame:          "{who} requires a {text} frame, which {name} lacks",
	elsewhere:           "{who} requires {name}; the request has {other} instead",
	misspelt:            "{name} is no parameter of Runware's, and looks like {other} misspelt",
	sizeMeetsRule:       "the size {size} meets the rule that the error states ({text}): the request does not show what was wrong",
	pointsOnOther:       "{who} refuses {name}, which is {value}; the error points to {other}",
	doesNotGo:           "{who} does not take {name} beside something else that the request has",
	goesWithOther:       "{name} and {other} are {both values}, which do not go together, by the message",
	repeatsItem:         "{name} repeats {other}",
	repeatsMember:       "{name} has the same {names} as {other}",
	relationBroken:      "{name} and {other} are {both values}; for {who}, {name} has to be {text} {other}",
	relationHolds:       "{name} and {other} are {both values}, which meets the rule that the error states ({text}): the request does not show what was wrong",
	reckonedBreaks:      "{name} is {value}; {who} accepts {text}",
	reckonedMeets:       "{name} is {value}, which meets the rule that the error states ({text}): the request does not show what was wrong",
	sizeBreaksRule:      "`width` and `height` are {size}; {who} accepts a {text}",
	sizeInList:          "the size {size} is in the list that the error states: the request does not show what was wrong",
	sizeNotInList:       "`width` and `height` are {size}; {who} accepts {sizes}",
	sizeUnlisted:        "{who} does not take the size {size}; which sizes it takes is not said",
	sizeIncomplete:      "{who} takes `width` and `height` only together, as whole numbers",
	refusesFileAt:       "{who} refuses the file at {name} in the words quoted in `message`",
	fileUnfit:           "the file at {name} does not meet what the model asks of it",
	formatNotTaken:      "{who} does not take the format of the file at {name}; it takes {comma list}",
	inBrackets:          "{in brackets}",
	dataURIUnusable:     "Runware could not use the data URI at {name}, which declares {text}",
	dataURIRefused:      "{name} is a data URI of type {text}; Runware accepts {comma list} there",
	dataBeginsLike:      "; its data begins like {text}",
	base64Unreadable:    "Runware could not read the base64 data at {name}",
	whichBeginsLike:     ", which begins like {text}",
	andIncomplete:       " and is not complete base64",
	noMediaForm:         "{name} is in none of the forms that Runware takes for media",
	namedMediaAbsent:    "the error names {name}, which the recorded request does not hold",
	stringForArray:      "{name} is a string; Runware accepts an array of strings there",
	andLooksLikeFile:    ", and this string looks like a file name, which Runware cannot open",
	localPath:           "{name} looks like a file name or a local path, which Runware cannot open",
	modelNotTaken:       "{name} is a well-formed model id, so the error is likely to mean that `promptEnhance` takes no `model` at all",
	oldTaskShape:        "{name} is a well-formed model id, so the likely fault is the old shape of the task: {other} with `inputImage` is now `{text}` with `inputs.image`",
	noTaskType:          "Runware has no task type {seen}",
	noModel:             "Runware does not accept {seen} as a model here",
	blankAround:         "{name} is {seen}, a model id with a blank before or behind it",
	noModelID:           "{name} is {seen}, which is no model id of the form `source:id@version`",
	providerModelGone:   "{provider} says that the model is not available",
	providerMediaUnfit:  "{provider} could not use the input media",
	providerRefusedName: "{provider} refused {name}; its own words are quoted in `message`",
	refusedUnnamed:      "{who} refused the request in words that name no parameter of it",
	unknownError:        "Runware reports an error that is not known here",
	unknownCode:         "Runware reports {name}, a code that is not known here",
	nothingSaid:         "the error is empty: it gives no code and no reason",
	refusedPrompt:       "{who} refused the prompt",
	refusedTextAt:       "{who} refused the text at {name}",
	refusedImageIn:      "{who} refused an input image",
	refusedVideoIn:      "{who} refused an input video",
	refusedAudioIn:      "{who} refused an input audio",
	refusedPerson:       "{who} refused an input image since it may show a real person",
	refusedImageOut:     "{who} held back an image that was generated",
	refusedVideoOut:     "{who} held back a video that was generated",
	refusedAudioOut:     "{who} held back the audio that was generated",
	refusedOutput:       "{who} held back the output over its content",
	refusedCopyright:    "{who} refused the request over material protected by copyright or as a brand",
	atName:              ": the one at {name}",
	oneOfFiles:          ": of those at {name}",
	inItsWords:          "; its own words are quoted in `message`",
	onlyFile:            ": the request has only {name}",
	atHost:              ": the one at {name}, whose host the error names",
	foreignTo:           "{name} is for another provider than the model's, {other}",
	taskIDThere:         "{name} is the taskUUID of {tasks}, which names no file",
	giveResult:          "give {name} the UUID or the URL of that task's result, as its item in the response has it",
	formIsRight:         "{name} is {text}, so its form is right: Runware could not use the file, or holds no such file",
	formsAreRight:       "each item of {name} is in a form that Runware takes: it could not use a file of them, or holds no such file",
	nothingThere:        ": its host answers that nothing exists there",
	hostIsDown:          ": its host answered that it is out of service for now",
	againOrUpload:       "send it again in a little while with a new taskUUID, or upload the file and send its UUID",
	hostRefuses:         ": its host refuses access to it",
	pageByForm:          ": its URL is that of a page which shows the file, not of the file",
	pageThere:           ": its host answers with a web page, not with a file",
	privateHost:         ": its host is reached only from its own machine or network",
	notURL:              "{name} is no URL with {text}",
	privateURL:          "{name} leads to a host that is reached only from its own machine or network",
	downloadTooLarge:    "the file that {name} leads to is larger than Runware takes",
	smallerDownload:     "put a smaller file there, by the limit that `message` names: which one is the user's choice",
	downloadDamaged:     "the file that {name} leads to is damaged, or not of its format",
	downloadIsPage:      "the URL at {name} leads to a web page, not to a file",
	notBlob:             "its URL is that of a page about the file: at Hugging Face, /resolve/ in place of /blob/ leads to the file itself",
	notDownloaded:       "Runware could not download the file at {name}",
	overProtected:       ", since it may hold material protected by copyright or as a brand",
	whichMention:        ", which mention {names}",
	whichName:           "; they name {names}, which is no name of the request",
	whichSpeakOf:        "; they speak of {comma list}",
	overSubjects:        ", over {comma list}",
	someFileSpokenOf:    ", which are about one of the files at {name}",
	aboutSwitch:         ", which are about `{text}` in {name}",
	refusesSwitch:       "{who} refused the request over `{text}` in {name}",
	changeSwitch:        "change or remove `{text}` in the text at {name}, by those words: the wording is the user's choice",
	fileSpokenOf:        ", which are about the file at {name}",
	withFigures:         " (its words name {comma list})",
	hostRefusesSigned:   ": its host refuses access to it, and the link is signed: such a link ends",
	linkIsSigned:        ": the link is signed, and such a link ends",
	ofItsProperty:       ": its {text}",
	stepFailed:          "a step of the task failed, for the reason that is quoted in `message`",
	whichSpeaksOf:       ": it speaks of {name}",
	listHasItInside:     "; its list of accepted parameters has {name}",
	saysMoved:           "; it stands at {name} now, as the error says",
	orNames:             "{or list}",
	providerWords:       "{provider} refused the task in the words quoted in `message`",
	providerEnded:       "{provider} ended the task with the words quoted in `message`",
	refusedNoReason:     "{provider} refused the task and gave no reason",
	answeredByPage:      "{provider}, or a server in front of it, answered with the page that is quoted in `message`",
	refusedPersonOf:     "{who} refused the request over the likeness of a real person",
	providerLacks:       "what {name} names is not found at {provider}, or may not be used there",
	balanceReserved:     "the balance is reserved by requests that are running; the account is not said to be empty",
	accountUnpaid:       "the account is behind with its payments",
	payWhatIsOpen:       "pay what is open at https://my.runware.ai/wallet, or ask Runware's support: the request is not at fault",
	notOfferedThere:     "{name} is {value}, which {provider} does not offer in the region that it was asked from",
	otherThere:          "choose a value for {name} that is offered there, by what `message` allows, or leave it out: which one is the user's choice",
	answerTooLong:       "the text and the answer that {name} asks for, which is {value} tokens, are together longer than the context that the model has",
	shortenOrSplit:      "shorten the text, or split it over several requests: which one is the user's choice",
	shortenAnswer:       "lower {name} or shorten the text, until both together fit: which one is the user's choice",
	shortenOnlyAnswer:   "lower {name}, until the text and the answer fit together: it alone takes all that there is",
	providerUnpaid:      "an account at {provider} is out of credit or quota, in arrears or at a spending limit, by its own words: the request is not at fault, and the user's own account is not named",
	fileOfOtherSize:     "{provider} refused the size of a file of the request ({text}): no parameter sets it",
	valueBreaksSchema:   "{name} {has seen}, which does not satisfy the schema of {who}",
	breaksSchema:        "{name} does not satisfy the schema of {who}",
	taskBreaksSchema:    "the task does not satisfy the schema of {who}",
	schemaRequires:      "{who} requires {names}{because}{size list}",
	schemaChoice:        "{who} requires {choices}{because}",
	schemaRefuses:       "{who} does not accept {names}{because}",
	schemaExclusive:     "{who} accepts only one of {names}",
	schemaItems:         "{name} has to hold {item rule}{because}, by the schema of {who}",
	schemaForms:         "{name} {has seen}; {who} accepts {forms}",
	schemaUnread:        "the task does not satisfy a condition of the schema of {who} on {names}",
	likelyReason:        ", by the model's schema: the likely reason, since the error names none",
	likelyBehind:        ", by the model's schema: likely what the words quoted in `message` mean",
	isShortName:         "`model` is {name}, by Runware's registry the short name of {other}: a task takes the id",
	notListed:           "; Runware's registry has other models of that source, and not {name}",
	isDeprecated:        "; its page calls {name} deprecated",
	isComing:            "; its page announces {name}, which is not there yet",

	removeItems:        "remove {items} from {name}",
	removeLast:         "remove {last items} of {name} (which go is our choice, the user may prefer others)",
	usersChoiceOfItems: ": which ones is the user's choice",
	addItems:           "add at least {items} to {name}: which ones is the user's choice",
	shorten:            "shorten {name} by at least {characters}: the wording is the user's choice",
	giveText:           "give {name} a text of {text}: the wording is the user's choice",
	lengthen:           "lengthen {name} by at least {characters}: the wording is the user's choice",
	removeSeed:         "remove {name} for a random seed, or choose one that is accepted ({text})",
	setNumber:          "set {name} to a number that is accepted: which one is the user's choice",
	setIfWanted:        "set {name} to {value} only if the user wants that",
	setTo:              "set {name} to {value}",
	shapeChanges:       "that changes the shape of the picture: {name} {count} would keep it",
	sendAs:             "make {name} the {type} {json}",
	setToOneOf:         "set {name} to {one of}: which one is the user's choice",
	setToRule:          "set {name} to a value that is accepted ({text}): which one is the user's choice",
	itemWithoutArray:   "send the only item of {name} without the array around it",
	moveIntoArray:      "move {other} into {name}, an array",
	alsoInItems:        "do the same in {more items}",
	outOfMember:        "put the value of {other} in the place of {name}",
	withoutTwins:       "leave out of {name} each item that stands in it already",
	intoMember:         "put the value of {other} into {name}",
	intoArray:          "put the value of {name} into an array",
	andTo:              " and {name} to {value}",
	setInRequest:       "set {name} in the request; what is accepted is not said, the model's documentation knows",
	setInRequestToRule: "set {name} in the request to a value that is accepted ({text}): which one is the user's choice",
	chooseOther:        "choose another value for {name} by the message or the model's documentation: no rule that could be checked was found",
	keepOneOfDouble:    "the request has {name} twice in one object, and which one counts is not known: keep one, with a value that is accepted",
	rulesExclude:       "what is asked of {name} contradicts itself, so no value is right by all of it: look at `message` and the model's documentation, and choose",
	keepEither:         "change {name} to what is accepted beside {other}, or give up {other}: which of them is the user's choice",
	orMeetCondition:    "or keep it and change what `message` says that it does not go with: which of them is the user's choice",
	orChangeOther:      "or change {name} instead: which of them gives way is the user's choice",
	wholeRule:          "choose a value for {name} by the whole rule, as `message` quotes it: it says more than its numbers",
	leaveValue:         "do not change {name}: send the request once more with a new taskUUID, and if it is refused again, check what was really sent or report it to Runware",
	leaveReckoned:      "do not change {names}: send the request once more with a new taskUUID, and if it is refused again, check what was really sent or report it to Runware",
	changeEitherAsSaid: "change {name} or {other} to what `message` asks for: which one is the user's choice",
	changeOrRemove:     "change {name} or {other}, or remove one of them: which one is the user's choice",
	changeOneOfTwo:     "change {name} or {other} so that {name} is {text} {other}: which one is the user's choice",
	changeEither:       "change {names} so that {name} is {text}: which of them is the user's choice",
	leaveSize:          "do not change `width` and `height`: send the request once more with a new taskUUID, and if it is refused again, report it to Runware",
	leaveHeld:          "change nothing there: send the request again with a new taskUUID, and if it is refused again, report it to Runware",
	removeNames:        "remove {names}",
	andRename:          ", and {name} to {other}",
	renameTo:           "rename {name} to {other}",
	findWhatSets:       "find what sets {name}, outside of this request, and turn it off",
	useResolution:      "the size is set with `resolution` here, whose values the error does not list",
	alsoAccepted:       "{name} is accepted",
	idForEach:          "send only what has no result yet, as the response or getResponse shows, with {new ids} in {tasks}",
	keepOne:            "keep one of {names} and remove the other: which one is the user's choice",
	keepOneOfMany:      "keep one of {names} and remove the others: which one is the user's choice",
	addNames:           "add {names}: the value is the user's choice",
	addWishedSize:      "set `width` and `height` to {size}",
	wishOf:             ", which {names} {ask} for",
	addAlternatives:    "add one of the alternatives {alternatives}: which one, and its value, is the user's choice",
	giveNames:          "give {names} a value: which one is the user's choice",
	addFrame:           "add an item with the `frame` {other} to {name}: which picture is the user's choice",
	sendTogether:       "send {names} together with {held}: the value is the user's choice",
	sendOrLeaveOut:     "send {names}, whose value is the user's choice, together with {held}, or leave out {held}",
	moveTo:             "move {other} to {name}",
	chooseLargerSize:   "choose a larger size, within the rule, for `width` and `height` together: which one is the user's choice",
	chooseSmallerSize:  "choose a smaller size, within the rule, for `width` and `height` together: which one is the user's choice",
	chooseSize:         "choose a size within the rule, for `width` and `height` together: which one is the user's choice",
	nearestInShape:     "{size} would fit, and is near in shape",
	setSizeEnd:         "set `width` and `height` to {size}, at the nearest end of the rule",
	setNearSize:        "set `width` and `height` to {one of}, which are as near in shape: which one is the user's choice",
	setSizeListed:      "set `width` and `height` to {size}, the accepted size that is nearest in shape",
	sendBothSides:      "send both `width` and `height`: which size is the user's choice",
	documentedSize:     "choose a size from the model's documentation or schema, for `width` and `height` together: the error lists none",
	otherFile:          "change the file by what `message` says of it, or use another: which one is the user's choice",
	resizeFile:         "resize the file, or use another of that size: no parameter of the request sets this",
	cropFile:           "crop the file to that ratio: how is the user's choice; no parameter of the request sets this",
	cutFile:            "bring the file to that length: cut it where it is longer, use another where it is shorter; no parameter of the request sets this",
	longerFile:         "use a file of that length: no parameter of the request sets this",
	compressFile:       "make the file smaller, by compression or by fewer pixels: no parameter of the request sets this",
	encodeFile:         "encode the file again to meet that: no parameter of the request sets this",
	changeFile:         "change the file: no parameter of the request sets this",
	wholeMedia:         "send the complete media in an accepted format",
	convertTo:          "convert the media to {or list}",
	wholeBase64:        "check that the data is a whole picture and was not cut, then send it again",
	mediaForms:         "send {name} as a public URL, the UUID of an uploaded or generated file, a data URI or base64",
	arrayOfMedia:       "send {name} as an array of public URLs, UUIDs, data URIs or base64; upload the file first, or encode it",
	sendFileItself:     "send the file itself in {name}, as a data URI or base64, or put it at a public URL",
	uploadFirst:        "upload the file with {upload} and send its UUID or URL in {name}, or send it as a data URI or base64",
	sendTaskType:       "send taskType `{text}` with the image in `inputs.image`, and a model made for it",
	documentedTaskType: "use one of Runware's task types: which one is the user's choice",
	setTaskType:        "set `taskType` to {name}",
	setModel:           "set {name} to {other}, which Runware names instead",
	waitThenSend:       "wait {text}, as the error says, then send it again with a new taskUUID",
	fitFile:            "send that file in the format, kind and size that {provider} takes, by its words in `message`, or use another one",
	oddEnding:          "its name ends in {text}, which few models take: {or list} is safer",
	checkMedia:         "check each input file that the request names: public, current, complete, and as {provider} asks",
	readProvider:       "change what {provider} names in `message`: those words could not be checked against the request here",
	readMessage:        "read Runware's message and change what it names",
	removeMaterial:     "remove {names}, which is lost from the request",
	addValue:           "add {name} with the value {value}",
	addListed:          "add {names}, {one of}: which one is the user's choice",
	setBoth:            "set {names} to {pair}",
	addSize:            "set `width` and `height` to one of {plain sizes}: which one is the user's choice",
	addChoice:          "add {choices}: which one, and its value, is the user's choice",
	giveForm:           "set {name} to {forms}, or leave it out: which one is the user's choice",
	oneOfThese:         "apply one of `alternatives`, which one is the user's choice: {text}",
	onlyThisPasses:     "apply the one of `alternatives`, if that is what the user wants: {text}",
	withThat:           "{text}; beside that, ",
	oneThatPasses:      "; `alternatives` has one that passes: {text}",
	refusesGuarded:     "{who} refuses {name}",
	guardedElsewhere:   "find what sets {name}, outside of this request; whether it may go is the user's choice",
	guardedMember:      "{name} decides whose task it is or where its results go: no patch changes it, the user may",
	keepsSafe:          "{name} decides how strict the safety of the task is: no patch changes it, the user may choose a value that is accepted",
	modelStays:         "no patch takes out or changes `model`, which makes it another task: the user may",
	otherModel:         "another model gives another result and may cost more",
	newAddress:         "the value wanted at {name} leads to an address that the request does not have: no patch puts one in, the user may",
	newText:            "the value wanted at {name} is a text that the request does not have: no patch puts one in, the user may",
	wordsStay:          "{name} holds the user's own words: no patch replaces them, the user may",
	largerCostsMore:    "a larger picture may cost more",
	costsMore:          "more of {name} may cost more",
	otherItem:          "let an item of {name} hold {one of} there: which item, or whether one is added, is the user's choice",
	readUnknown:        "read Runware's message, which is quoted in `message`, and change what it names; where it names nothing, one resend with a new taskUUID is fair",
	againAsSaid:        "send it again in a little while with a new taskUUID, as the message says; if it fails again, report it to Runware with this taskUUID",
	rewordPrompt:       "reword the prompt: the wording is the user's choice; another model may have other rules",
	rewordTextAt:       "reword {name}: the wording is the user's choice; another model may have other rules",
	rewordProtected:    "reword what the prompt says of the protected work, or use another picture, or leave it out: what takes its place is the user's choice",
	rewordNames:        "reword the prompt so that it neither names nor describes a protected work, artist, character or brand: the wording is the user's choice",
	replaceInput:       "use another file there: which one is the user's choice; other words in the prompt do not help",
	replaceFile:        "use another file there: which one is the user's choice",
	replacePerson:      "use a picture without a real person: which one is the user's choice; other words in the prompt do not help",
	againThenReword:    "send it once more with a new taskUUID, since another result may pass; if it is held back again, reword the prompt",
	audioOffOrAgain:    "send it again with a new taskUUID, since another sound may pass, reword what is to be heard, or turn the model's audio off: which one is the user's choice",
	switchOffOrAgain:   "send it again with a new taskUUID, since another sound may pass, reword what is to be heard, or set {name} to false: which one is the user's choice",
	saidNotCharged:     "the attempt that failed was not charged, as the error says",
	uploadFromPrivate:  "the host of its URL is reached only from its own machine or network: upload the file with {upload} and send its UUID or URL in {name}, or send it as a data URI or base64",
	directForPage:      "its URL is by its form that of a page about the file: give the URL of the file itself, which answers with its bytes and without a login, or upload the file and send its UUID",
	uploadOrDirect:     "give the URL of the file itself, which answers with its bytes and without a login, or upload the file and send its UUID",
	checkURL:           "make sure that the URL is public, current and points to the file itself, or upload the file and send its UUID",
	signAnew:           "make a fresh link that lives long enough, or upload the file and send its UUID",
	givePublicURL:      "give {name} a public URL with {text} that Runware can reach from outside, or leave it out: which one is the user's choice",
	wholeDownload:      "put a whole file in the right format there, or name the address of one: which one is the user's choice",
	openDownload:       "make sure that {name} leads to the file itself and answers without a login, or with credentials that are valid: which address is the user's choice",
	makeSureOfRequest:  "The error bears another taskUUID than the request: make sure that this is the request that failed. Then: ",
	otherHost:          "another host than Runware's answered, and refused what was sent to it: the Runware API key is not shown to be at fault",
	credentialsOfHost:  "check the credentials and the account for the host that the text names",
	followReason:       "read the reason in `message` and change what it names; where it names nothing, send it once more with a new taskUUID, then report it to Runware with this taskUUID",
	checkAgainst:       "check {name} against what the reason says, and the file with it: which of the two is wrong is the user's to say",
	checkUUID:          "upload the file again and send the new UUID or URL, if this account holds it no longer",
	checkUUIDOnly:      "check that the UUID is right and belongs to this account",
	checkData:          "check that the data is complete and of an accepted format",
	losesNames:         "without {names} the result is another one: whether it is still wanted is the user's choice",
	losesCeiling:       "without {names} nothing limits what the task may cost: whether it is still wanted is the user's choice",
	onceThenReport:     "send it once more with a new taskUUID; if it fails again, do what those words ask for, or use another model",
	compareWithSchema:  "compare the task with the model's documentation or schema, or ask Runware's support with this taskUUID: sent as it is, it is refused again",
	rewordPerson:       "reword the request so that it asks for no real person: the wording is the user's choice",
	changeOneByWords:   "change one of {names} by what those words say: which one is the user's choice",
	changeWhatSets:     "change what sets {names} at {provider}; where nothing of the request does, report it to Runware with this taskUUID, or use another model",
	fitFileOrRest:      "send a file that meets what those words ask for, or change what else they name: no parameter shows what the file is like",
	giveWhatIsAsked:    "give what those words ask for, under the name that Runware has for it: the value is the user's choice",
	leaveOut:           "leave out {name}, or use a model that takes it by `message`: which one is the user's choice",
	dropItOrOther:      "leave out {name}, or what does not go with it by `message`: which one is the user's choice",
	dropOneOfWords:     "change or drop one of what those words say does not go together: which one is the user's choice",
	followWords:        "do what those words ask for: sent as it is, the task is refused again",
	useAnother:         "use another, one that {provider} has: which one is the user's choice",
	waitForRunning:     "wait until the running requests have ended, then send it again with a new taskUUID",
	otherModelOrLater:  "use another model, or send it again later; if it lasts, report it to Runware",
	setNumberBesides:   "; set `numberResults` to {lacking}, since {results are} there and {count} more was on the way",
	setNumberLacking:   "; set `numberResults` to {lacking}, since {results are} there",
	sendTasksAlone:     "; send {tasks} alone, with {new ids}",
	thatIsTasks:        "; that is {tasks} alone",
	firstDecide:        "; before {tasks} goes again, {text}",
	tasksDone:          "; {tasks} already {have} results",
	firstRuns:          "wait for the first submission, which was {name} when this was recorded, and fetch it with getResponse: sent again, it would be paid for twice",
	onlyAsking:         "only the polling was refused: the tasks that were asked for are not shown to have failed",
	askedForOther:      "what was sent asks for another task: where a task is to be changed or sent again, it is that one, under a new taskUUID",
	askLessOften:       "the task itself was {name} when this was recorded: go on asking with getResponse, less often, and do not send the task again",
	lookFirst:          "look for the result with getResponse first, since the same task was {name} when this was recorded; only what is missing is sent again: ",
	strangersStep:      "the error bears a taskUUID that no task of the request has, so whose it is is not known: look each task up with getResponse first, and only for what is missing, ",
	putKeyBack:         "; in {tasks} the API key is masked here: put it back or leave that element out",
	inRequest:          " in a request with a new taskUUID",
	sendOnce:           "send it once more with a new taskUUID; if it fails again, ask Runware's support with this taskUUID",
	satisfySchema:      "change it to what the schema asks for: which value is the user's choice",

	andSend:       " and send the request with a new taskUUID",
	andSendTasks:  " and send {tasks} alone, with {new ids}",
	sendPatched:   "apply `patch`, which mends {count} findings,",
	mendOtherToo:  "; mend the other finding too, or it fails again",
	mendOthersToo: "; mend the other {count} findings too, or it fails again",

	moreTasks:        "{count} more tasks stand in the request than are read",
	moreErrors:       "{count} more errors stand in the response",
	otherTaskFailed:  "another task of the same call failed: task {count} of the request array",
	strangersError:   "an error in the response bears a taskUUID that no task of the request has",
	progressIs:       "progress is {text} %",
	progressWas:      "progress was {text} % when this was recorded",
	flaggedNSFW:      "`NSFWContent` is true for {results}: a flag on a result that was delivered, not an error",
	oddlyEnded:       "a result has the status {name}",
	cutShort:         "the text ended at the limit of its length{in brackets}: a higher limit (`settings.maxTokens`) brings more of it",
	nothingIn:        "a result has nothing in it, though it may be billed{in brackets}",
	foundNothing:     "what is recorded is the answer of a search that found nothing: its `totalResults` is 0",
	nothingOf:        "the response holds neither a result nor an error of {tasks}: look up what became of it by its own taskUUID",
	othersDone:       "{tasks} already {have} results",
	eachByItsID:      "this is said of one task: each of the others of its request is asked for by its own taskUUID",
	resultsBeside:    "{results are} recorded beside the error: usable {as they are}",
	resultsSoFar:     "{results are} recorded so far",
	resultsOnly:      "{results are} recorded, and no error says why there are not more",
	otherResultWas:   "another result of the same task was {name} when this was recorded",
	acknowledgedNow:  "getResponse has no more than the acknowledgement of the task so far",
	onlyAcknowledged: "only the acknowledgement of an asynchronous task is recorded, no result and no error",
	strangeResponse:  "the response has no shape that is known here",
	noRequest:        "no request is recorded",
	stillBreaks:      "with all patches applied the task still breaks the model's schema at {name}{in brackets}",
	stillBreaksTask:  "with all patches applied the task still breaks the model's schema at the task{in brackets}",
	costsMoreBy:      "the patch makes the task dearer, by the price that Runware publishes for {name}: {text}",
	fileNotSeen:      "by the model's schema the file at {name} has {text}: the request does not show how many it has",
	fileRuleUnread:   "the model's schema has a rule for the file at {name} that the request does not show to be kept",
	patternUnread:    "the model's schema has a pattern for {name} that cannot be read here: whether it is kept was not checked",
	referenceUnread:  "the model's schema leaves {name} to another document, which is not read: it was not checked",
	aboutTheLookup:   "this concerns the lookup alone: nothing is known of the task",
	askedOften:       "the API was asked {count} times",

	filteredAway:    "the task ended without an error, and its result has nothing in it: a content filter stopped it",
	allHollow:       "the task succeeded without an error, and its result has nothing in it",
	hollowStep:      "raise the limit of the output if it ended there, else change the prompt: the same request is likely to be billed again and to bring the same",
	raiseLimit:      "raise {name}, at which the answer ended before it said anything, or let the model think less: the same request is likely to be billed again and to bring the same",
	noMediaStep:     "ask getResponse with this taskUUID, which may have the files that this record lacks; without them, give Runware's support this taskUUID before it is sent and billed again",
	cancelled:       "the task was cancelled: no result is recorded, and none is on its way",
	cancelledStep:   "send the request again with a new taskUUID if its result is still wanted",
	succeededNow:    "the task has succeeded: {results of}, as getResponse says now",
	failedNow:       "this is what getResponse says now; the archive holds an earlier state of the task",
	runsNow:         "the task is {name} now; nothing failed",
	lookLater:       "look it up again later; do not send the request again, it runs and may be billed",
	succeeded:       "the task succeeded: {results of} recorded",
	acceptedOne:     "{tasks} of the request was accepted and has no recorded result yet; nothing failed",
	accepted:        "the task was accepted and no result is recorded yet; nothing failed",
	acceptedInPart:  "the task was accepted, and {results are} recorded so far; nothing failed",
	waitReady:       "it is still in progress: wait until its status is `ready`, and do not send the upload again meanwhile",
	fetchResult:     "wait, and fetch the result with getResponse and this taskUUID; do not send the request again, it may be running and billed",
	nothingRecorded: "neither a result nor an error is recorded: what became of the task is not known",
	askGetResponse:  "ask getResponse with this taskUUID; whether to send the request again, and risk paying twice, is the user's choice",

	lookupFailed:      "the lookup failed: {text}",
	lookAgain:         "{wait}, then look the task up again",
	noSuchTask:        "Runware has no task with this taskUUID for this API key",
	checkID:           "check the id for a typing error, that it is a taskUUID and not an imageUUID, and that RUNWARE_API_KEY belongs to the organization that ran the task; a task of the last minutes may not be archived yet, so look again a little later",
	keyRefused:        "Runware does not accept the API key of this server",
	setKey:            "set RUNWARE_API_KEY to a valid key (or RUNWARE_API_KEY_FILE to a file that holds one) and start the server again; get one at https://my.runware.ai/signup",
	noKey:             "no API key is set, so Runware was not asked",
	setAKey:           "set RUNWARE_API_KEY to a Runware API key (or RUNWARE_API_KEY_FILE to a file that holds one) and start the server again; get one at https://my.runware.ai/signup",
	mayNotRead:        "the API key of this server may not read task details",
	setKeyThatMay:     "set RUNWARE_API_KEY to a key with that permission, or ask the owner of the account",
	lookupUnpaid:      "Runware refused the lookup over the account's balance",
	payFirst:          "add credits at https://my.runware.ai/wallet, then look the task up again",
	lookupRateLimited: "Runware's rate limit stopped the lookup",
	lookupMalformed:   "Runware refused the lookup as malformed",
	lookupMalformedAt: "Runware refused the lookup as malformed: {text}",
	giveTaskUUID:      "give the taskUUID of a Runware task: 8-4-4-4-12 hexadecimal digits",
	lookLonger:        "look the task up again",
	checkNetwork:      "check that this machine reaches RUNWARE_API_URL (network, proxy, certificates), then look the task up again",
}
