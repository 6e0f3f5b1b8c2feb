package diagnose

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mcp-taskdetails/internal/constraint"
	"mcp-taskdetails/internal/looks"
	"mcp-taskdetails/internal/rawjson"
	"mcp-taskdetails/schema"
)

// This file owns the voice of a diagnosis; nothing reads back what it makes. Its rules: what is wrong and what to do
// are two sentences and never mixed; the value seen and the limit are named; identifiers stand in backticks; what the
// user must choose is called that. No "please", "illegal", "oops" or "did you mean"; no cause that was not proved.

// key names a clause of the table below.
type key uint8

const (
	silent key = iota // nothing to say
	inText            // the text is the clause

	// causes
	breaksRule
	refusesValue
	meetsRule
	namedButAbsent
	namedWithoutTrace
	notAccepted
	andNotHeld
	listHasName
	listLacksToo
	exclude
	missing
	isEmpty
	missingAlternatives
	saysMissingButHeld
	elsewhere
	sizeMeetsRule
	sizeBreaksRule
	sizeInList
	sizeNotInList
	sizeUnlisted
	sizeIncomplete
	fileUnfit
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
	providerUnread
	providerModelGone
	providerMediaUnfit
	providerRefusedName
	refusedUnnamed
	unknownError
	unknownCode
	nothingSaid
	refusedPrompt
	refusedImageIn
	refusedVideoIn
	refusedAudioIn
	refusedPerson
	refusedImageOut
	refusedVideoOut
	refusedAudioOut
	refusedCopyright
	atName
	foreignTo
	onlyFile
	formIsRight
	nothingThere
	hostRefuses
	linkIsSigned
	ofItsProperty
	stepFailed
	whichSpeaksOf
	listHasItInside
	providerWords
	providerLacks
	balanceReserved
	providerUnpaid
	fileOfOtherSize
	breaksSchema
	taskBreaksSchema
	schemaRequires
	schemaChoice
	schemaRefuses
	schemaExclusive
	schemaItems
	schemaForms
	schemaUnread
	likelyReason

	// mends
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
	sendAs
	setToOneOf
	setToRule
	itemWithoutArray
	intoArray
	andTo
	andAlso
	setInRequest
	setInRequestToRule
	chooseOther
	wholeRule
	leaveValue
	leaveSize
	leaveHeld
	removeNames
	renameTo
	findWhatSets
	useResolution
	alsoAccepted
	keepOne
	keepOneOfMany
	addNames
	addAlternatives
	giveNames
	sendTogether
	moveTo
	chooseSize
	nearestInShape
	setSizeEnd
	setSizeListed
	sendBothSides
	documentedSize
	changeFile
	wholeMedia
	convertTo
	wholeBase64
	mediaForms
	arrayOfMedia
	uploadFirst
	sendTaskType
	documentedTaskType
	setTaskType
	setModel
	waitThenSend
	checkMedia
	readProvider
	readMessage
	readUnknown
	againAsSaid
	rewordPrompt
	rewordProtected
	replaceInput
	replacePerson
	againThenReword
	audioOffOrAgain
	saidNotCharged
	checkURL
	signAnew
	followReason
	checkAgainst
	checkUUID
	checkUUIDOnly
	checkData
	losesNames
	onceThenReport
	followWords
	useAnother
	waitForRunning
	otherModelOrLater
	setNumberLacking
	sendTasksAlone
	tasksDone
	lookFirst
	firstRuns
	askLessOften
	putKeyBack
	inRequest
	sendOnce
	satisfySchema
	removeMaterial
	addValue
	setBoth
	addSize
	addChoice
	giveForm
	oneOfThese
	oneThatPasses
	otherItem
	guardedMember
	refusesGuarded
	costsMore

	// what to do beside a mend
	andSend
	andSendTasks
	sendPatched
	mendOtherToo
	mendOthersToo

	// notes
	moreErrors
	otherTaskFailed
	progressWas
	flaggedNSFW
	oddlyEnded
	resultsBeside
	nothingIn
	cutShort
	resultsSoFar
	resultsOnly
	otherResultWas
	onlyAcknowledged
	strangeResponse
	noRequest
	stillBreaks
	stillBreaksTask
	aboutTheLookup
	askedOften

	// what became of a task that did not fail
	succeeded
	cancelled
	allHollow
	filteredAway
	hollowStep
	cancelledStep
	accepted
	fetchResult
	nothingRecorded
	askGetResponse

	// lookups that brought no task
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
	meetsRule:           "{name} is {seen}, which meets the rule that the error states ({text}): the request does not show what was wrong",
	namedButAbsent:      "the error names {name}, which the recorded request does not hold: a default or a preset may set it",
	namedWithoutTrace:   "the error names {name}, which the recorded request does not hold",
	notAccepted:         "{who} does not accept {name}",
	andNotHeld:          ", and the recorded request does not hold it: a default or a preset may set it",
	listHasName:         "; its list of accepted parameters has {name}",
	listLacksToo:        "; its list of accepted parameters lacks {names} too",
	exclude:             "{names} cannot be used together",
	missing:             "{who} requires {names}, which the request does not have",
	isEmpty:             "{who} requires {names}, which is empty in the request",
	missingAlternatives: "{who} requires one of the alternatives {alternatives}, and the request has none in full",
	saysMissingButHeld:  "the error says that {held} is missing, and the recorded request holds it",
	elsewhere:           "{who} requires {name}; the request has {other} instead",
	sizeMeetsRule:       "the size {size} meets the rule that the error states ({text}): the request does not show what was wrong",
	sizeBreaksRule:      "`width` and `height` are {size}; {who} accepts a {text}",
	sizeInList:          "the size {size} is in the list that the error states: the request does not show what was wrong",
	sizeNotInList:       "`width` and `height` are {size}; {who} accepts {sizes}",
	sizeUnlisted:        "{who} does not take the size {size}; which sizes it takes is not said",
	sizeIncomplete:      "{who} takes `width` and `height` only together, as whole numbers",
	fileUnfit:           "the file at {name} does not meet what the model asks of it",
	inBrackets:          " ({text})",
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
	noModelID:           "{name} is {seen}, which is no model id of the form `source:id@version`",
	providerUnread:      "the provider failed; its own words are quoted in `message` and name no cause that is known here",
	providerModelGone:   "the provider says that the model is not available",
	providerMediaUnfit:  "the provider could not use the input media; its own words are quoted in `message`",
	providerRefusedName: "the provider refused {name}; its own words are quoted in `message`",
	refusedUnnamed:      "{who} refused the request and named no parameter that could be found in it",
	unknownError:        "Runware reports an error that is not known here",
	unknownCode:         "Runware reports {name}, a code that is not known here",
	nothingSaid:         "the error is empty: it gives no code and no reason",
	refusedPrompt:       "{who} refused the prompt",
	refusedImageIn:      "{who} refused an input image",
	refusedVideoIn:      "{who} refused an input video",
	refusedAudioIn:      "{who} refused an input audio",
	refusedPerson:       "{who} refused an input image since it may show a real person",
	refusedImageOut:     "{who} held back the image that was generated",
	refusedVideoOut:     "{who} held back the video that was generated",
	refusedAudioOut:     "{who} held back the audio that was generated",
	refusedCopyright:    "{who} refused the request over protected material",
	atName:              ": the one at {name}",
	onlyFile:            ": the request has only {name}",
	foreignTo:           "{name} is for another provider than the model's, {other}",
	formIsRight:         "{name} is {text}, so its form is right: Runware could not use the file, or holds no such file",
	nothingThere:        ": its host answers that nothing exists there",
	hostRefuses:         ": its host refuses to give it out",
	linkIsSigned:        ": the link is signed and expires",
	ofItsProperty:       ": its {text}",
	stepFailed:          "a step of the task failed, for the reason that is quoted in `message`",
	whichSpeaksOf:       ": it speaks of {name}",
	listHasItInside:     "; its list of accepted parameters has {name}",
	providerWords:       "the provider refused the task in the words quoted in `message`",
	providerLacks:       "the provider does not know what {name} names",
	balanceReserved:     "the balance is reserved by requests that are running; the account is not said to be empty",
	providerUnpaid:      "an account at the provider is not paid up, by the provider's own words: the request is not at fault, and the user's own account is not named",
	fileOfOtherSize:     "the provider refused the size of a file of the request ({text}): no parameter sets it",
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

	removeItems:        "remove {items} from {name}",
	removeLast:         "remove {last items} of {name} (which go is our choice, the user may prefer others)",
	usersChoiceOfItems: ": which ones is the user's choice",
	addItems:           "add at least {items} to {name}: which ones is the user's choice",
	shorten:            "shorten {name} by at least {characters}: the wording is the user's choice",
	giveText:           "give {name} a text of {text}: the wording is the user's choice",
	lengthen:           "lengthen {name} by at least {characters}: the wording is the user's choice",
	removeSeed:         "remove {name} for a random seed, or choose one that is accepted ({text})",
	setNumber:          "set {name} to a number that is accepted: which one is the user's choice",
	setTo:              "set {name} to {value}",
	sendAs:             "make {name} the {type} {json}",
	setToOneOf:         "set {name} to {one of}: which one is the user's choice",
	setToRule:          "set {name} to a value that is accepted ({text}): which one is the user's choice",
	itemWithoutArray:   "send the only item of {name} without the array around it",
	intoArray:          "put the value of {name} into an array",
	andTo:              " and {name} to {value}",
	andAlso:            ", {text}",
	setInRequest:       "set {name} in the request; what is accepted is not said, the model's documentation knows",
	setInRequestToRule: "set {name} in the request to a value that is accepted ({text}): which one is the user's choice",
	chooseOther:        "choose another value for {name} by the message or the model's documentation: no rule that could be checked was found",
	wholeRule:          "choose a value for {name} by the whole rule, as `message` quotes it: it says more than its numbers",
	leaveValue:         "do not change {name}: send the request once more with a new taskUUID, and if it is refused again, check what was really sent or report it to Runware",
	leaveSize:          "do not change `width` and `height`: send the request once more with a new taskUUID, and if it is refused again, report it to Runware",
	leaveHeld:          "change nothing there: send the request again with a new taskUUID, and if it is refused again, report it to Runware",
	removeNames:        "remove {names}",
	renameTo:           "rename {name} to {other}",
	findWhatSets:       "find what sets {name}, outside of this request, and turn it off",
	useResolution:      "the size is set with `resolution` here, whose values the error does not list",
	alsoAccepted:       "{name} is accepted",
	keepOne:            "keep one of {names} and remove the other: which one is the user's choice",
	keepOneOfMany:      "keep one of {names} and remove the others: which one is the user's choice",
	addNames:           "add {names}: the value is the user's choice",
	addAlternatives:    "add one of the alternatives {alternatives}: which one, and its value, is the user's choice",
	giveNames:          "give {names} a value: which one is the user's choice",
	sendTogether:       "send {names} together with {held}: the value is the user's choice",
	moveTo:             "move {other} to {name}",
	chooseSize:         "choose a size within the rule, for `width` and `height` together: which one is the user's choice",
	nearestInShape:     "{size} is the nearest in shape",
	setSizeEnd:         "set `width` and `height` to {size}, at the nearest end of the rule",
	setSizeListed:      "set `width` and `height` to {size}, the accepted size that is nearest in shape",
	sendBothSides:      "send both `width` and `height`: which size is the user's choice",
	documentedSize:     "choose a size from the model's documentation or schema, for `width` and `height` together: the error lists none",
	changeFile:         "change the file: no parameter of the request sets this",
	wholeMedia:         "send the complete media in an accepted format",
	convertTo:          "convert the media to {or list}",
	wholeBase64:        "check that the data is a whole picture and was not cut, then send it again",
	mediaForms:         "send {name} as a public URL, the UUID of an uploaded or generated file, a data URI or base64",
	arrayOfMedia:       "send {name} as an array of public URLs, UUIDs, data URIs or base64; upload the file first, or encode it",
	uploadFirst:        "upload the file with imageUpload and send its UUID or URL in {name}, or send it as a data URI or base64",
	sendTaskType:       "send taskType `{text}` with the image in `inputs.image`, and a model made for it",
	documentedTaskType: "use one of Runware's task types: which one is the user's choice",
	setTaskType:        "set `taskType` to {name}",
	setModel:           "set {name} to {other}, which Runware names instead",
	waitThenSend:       "wait {text}, as the error says, then send it again with a new taskUUID",
	checkMedia:         "check each input file that the request names: public, current, complete, and as the provider asks",
	readProvider:       "change what the provider names in `message`: no rule that could be checked against the request was found in it",
	readMessage:        "read Runware's message and change what it names",
	removeMaterial:     "remove {names}, which is lost from the request",
	addValue:           "add {name} with the value {value}",
	setBoth:            "set {names} to {pair}",
	addSize:            "set `width` and `height` to one of {plain sizes}: which one is the user's choice",
	addChoice:          "add {choices}: which one, and its value, is the user's choice",
	giveForm:           "set {name} to {forms}, or leave it out: which one is the user's choice",
	oneOfThese:         "apply one of `alternatives`, which one is the user's choice: {text}",
	oneThatPasses:      "; `alternatives` has one that passes: {text}",
	refusesGuarded:     "{who} refuses {name}",
	guardedMember:      "{name} decides whose task it is or where its results go: no patch changes it, the user may",
	costsMore:          "more of {name} may cost more",
	otherItem:          "let an item of {name} hold {one of} there: which one is the user's choice",
	readUnknown:        "read Runware's message, which is quoted in `message`, and change what it names; where it names nothing, one resend with a new taskUUID is fair",
	againAsSaid:        "send it again in a little while with a new taskUUID, as Runware's message says; if it fails again, report it to Runware with this taskUUID",
	rewordPrompt:       "reword the prompt: the wording is the user's choice; another model may have other rules",
	rewordProtected:    "leave out what is protected, in words or in pictures: what takes its place is the user's choice",
	replaceInput:       "use another file there: which one is the user's choice; other words in the prompt do not help",
	replacePerson:      "use a picture without a real person: which one is the user's choice; other words in the prompt do not help",
	againThenReword:    "send it once more with a new taskUUID, since another result may pass; if it is held back again, reword the prompt",
	audioOffOrAgain:    "send it again with a new taskUUID, since another sound may pass, or turn the model's audio off: which one is the user's choice",
	saidNotCharged:     "it was not charged, as the error says",
	checkURL:           "make sure that the URL is public, current and points to the file itself, or upload the file and send its UUID",
	signAnew:           "make a fresh link that lives long enough, or upload the file and send its UUID",
	followReason:       "read the reason in `message` and change what it names; where it names nothing, send it once more with a new taskUUID, then report it to Runware with this taskUUID",
	checkAgainst:       "check {name} against what the reason says, and the file with it: which of the two is wrong is the user's to say",
	checkUUID:          "upload the file again and send the new UUID or URL, if this account holds it no longer",
	checkUUIDOnly:      "check that the UUID is right and belongs to this account",
	checkData:          "check that the data is complete and of an accepted format",
	losesNames:         "without {names} the result is another one: whether it is still wanted is the user's choice",
	onceThenReport:     "send it once more with a new taskUUID; if it fails again, do what those words ask for, or use another model",
	followWords:        "do what those words ask for: sent as it is, the task is refused again",
	useAnother:         "use one that the provider has: which one is the user's choice",
	waitForRunning:     "wait until the running requests have ended, then send it again with a new taskUUID",
	otherModelOrLater:  "use another model, or send it again later; if it lasts, report it to Runware",
	setNumberLacking:   "; set `numberResults` to {lacking}, since {results are} there",
	sendTasksAlone:     "; send {tasks} alone, with {new ids}",
	tasksDone:          "; {tasks} already {have} results",
	firstRuns:          "wait for the first submission, which was {name} when this was recorded, and fetch it with getResponse: sent again, it would be paid for twice",
	askLessOften:       "the task itself was {name} when this was recorded: go on asking with getResponse, less often, and do not send the task again",
	lookFirst:          "look for the result with getResponse first, since another result of the same task was {name} when this was recorded; only what is missing is sent again: ",
	putKeyBack:         "; in {tasks} the API key is masked here: put it back or leave that element out",
	inRequest:          " in a request with a new taskUUID",
	sendOnce:           "send it once more with a new taskUUID; if it fails again, ask Runware's support with this taskUUID",
	satisfySchema:      "change it to what the schema asks for: which value is the user's choice",

	andSend:       " and send the request with a new taskUUID",
	andSendTasks:  " and send {tasks} alone, with {new ids}",
	sendPatched:   "apply `patch`, which mends {count} findings,",
	mendOtherToo:  "; mend the other finding too, or it fails again",
	mendOthersToo: "; mend the other {count} findings too, or it fails again",

	moreErrors:       "{count} more errors stand in the response",
	otherTaskFailed:  "another task of the same call failed: task {count} of the request array",
	progressWas:      "progress was {text} % when this was recorded",
	flaggedNSFW:      "`NSFWContent` is true for {results}: a flag on a result that was delivered, not an error",
	oddlyEnded:       "a result has the status {name}",
	cutShort:         "the text ended at the limit of its length{in brackets}: a higher limit (`settings.maxTokens`) brings more of it",
	nothingIn:        "a result has nothing in it, though it may be billed{in brackets}",
	resultsBeside:    "{results are} recorded beside the error: usable as they are",
	resultsSoFar:     "{results are} recorded so far",
	resultsOnly:      "{results are} recorded, and no error says why there are not more",
	otherResultWas:   "another result of the same task was {name} when this was recorded",
	onlyAcknowledged: "only the acknowledgement of an asynchronous task is recorded, no result and no error",
	strangeResponse:  "the response has no shape that is known here",
	noRequest:        "no request is recorded",
	stillBreaks:      "with all patches applied the task still breaks the model's schema at {name}{in brackets}",
	stillBreaksTask:  "with all patches applied the task still breaks the model's schema at the task{in brackets}",
	aboutTheLookup:   "this concerns the lookup alone: nothing is known of the task",
	askedOften:       "the API was asked {count} times",

	filteredAway:    "the task ended without an error, and its result has nothing in it: a content filter stopped it",
	allHollow:       "the task ended without an error, and its result has nothing in it",
	hollowStep:      "raise the limit of the output if it ended there, else change the prompt: the same request is likely to be billed again and to bring the same",
	cancelled:       "the task was cancelled: no result is recorded, and none is on its way",
	cancelledStep:   "send the request again with a new taskUUID if its result is still wanted",
	succeeded:       "the task succeeded: {results of} recorded",
	accepted:        "the task was accepted and no result is recorded yet; nothing failed",
	fetchResult:     "fetch the result with getResponse and this taskUUID; do not send the request again, it may be running and billed",
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

// String is the clause with everything filled in. What is filled in is not read again, whatever stands in it.
func (s saying) String() string {
	template := clauses[s.key]
	if s.key == inText {
		return s.text
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		b.WriteString(s.slot(slot))
		template = after
	}
}

// slot says what stands in the braces of a clause.
func (s saying) slot(slot string) string {
	switch slot {
	case "who":
		return s.who
	case "name":
		return "`" + s.name + "`"
	case "other":
		return "`" + s.other + "`"
	case "names":
		return andList(s.names)
	case "held":
		return andList(s.held)
	case "alternatives":
		return strings.Replace(andList(s.names), "`width`, `height`", "`width` with `height`", 1)
	case "comma list":
		return strings.Join(s.names, ", ")
	case "or list":
		return strings.Join(s.names, " or ")
	case "one of":
		return orList(s.values)
	case "value":
		return show(s.value)
	case "json":
		return string(s.value)
	case "type":
		return looks.JSONType(s.value)
	case "seen":
		return s.seen()
	case "because":
		return becauseWords(s.condition.Because)
	case "size list":
		if len(s.condition.Sizes) == 0 {
			return ""
		}
		return ", one of " + sizesWords(s.condition.Sizes)
	case "plain sizes":
		return sizesWords(s.condition.Sizes)
	case "choices":
		return choicesWords(s.condition.Choices)
	case "item rule":
		return itemsWords(s.condition.Items)
	case "forms":
		return formsWords(s.condition.Forms)
	case "pair":
		return show(s.values[0]) + " and " + show(s.values[1])
	case "has seen":
		if len(s.value) == 0 {
			return "is of another form"
		}
		if s.measure == schema.MeasureItems || s.measure == schema.MeasureCharacters {
			return "has " + s.seen()
		}
		return "is " + s.seen()
	case "size":
		return fmt.Sprintf("%dx%d", s.size[0], s.size[1])
	case "sizes":
		if len(s.values) == 1 {
			return "only " + show(s.values[0])
		}
		return "one of " + strconv.Itoa(len(s.values)) + " sizes"
	case "tasks":
		return tasks(s.indexes)
	case "new ids":
		if len(s.indexes) == 1 {
			return "a new taskUUID"
		}
		return "a new taskUUID each"
	case "in brackets":
		if s.text == "" {
			return ""
		}
		return " (" + s.text + ")"
	case "count":
		return strconv.Itoa(s.count)
	case "have":
		if len(s.indexes) == 1 {
			return "has"
		}
		return "have"
	case "results":
		return plural(strconv.Itoa(s.count), "result")
	case "results are":
		if s.size[0] == 1 {
			return s.results() + " is"
		}
		return s.results() + " are"
	case "results of":
		return s.results()
	case "lacking":
		return strconv.Itoa(s.size[1] - s.size[0])
	case "asked":
		return strconv.Itoa(s.size[1])
	case "wait":
		if s.text == "" {
			return "wait a little"
		}
		return "wait " + s.text
	case "items":
		return plural(strconv.Itoa(s.count), "item")
	case "last items":
		if s.count == 1 {
			return "the last item"
		}
		return "the last " + strconv.Itoa(s.count) + " items"
	case "characters":
		return plural(strconv.Itoa(s.count), "character")
	default:
		return s.text
	}
}

// tasks names tasks by their index in the request array.
func tasks(indexes []int) string {
	all := make([]string, len(indexes))
	for i, n := range indexes {
		all[i] = strconv.Itoa(n)
	}
	if len(all) == 1 {
		return "task " + all[0]
	}
	return "tasks " + strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// results says how many there are, of how many asked for.
func (s saying) results() string {
	if n, of := s.size[0], s.size[1]; of > n {
		return fmt.Sprintf("%d of %d requested results", n, of)
	}
	return plural(strconv.Itoa(s.size[0]), "result")
}

// seen is the value with its measure or its type.
func (s saying) seen() string {
	text := show(s.value)
	switch s.measure {
	case schema.MeasureItems:
		return plural(text, "item")
	case schema.MeasureCharacters:
		return plural(text, "character")
	case schema.MeasureBytes:
		return plural(text, "byte")
	case schema.MeasureType:
		return "of type " + strings.Trim(text, "`")
	case schema.MeasureValue:
	}
	switch s.typ {
	case "":
		return text
	case "null":
		return s.typ
	default:
		return "the " + s.typ + " " + text
	}
}

// String is the cause in words.
func (c cause) String() string {
	text := c.saying.String()
	for _, s := range c.more {
		text += s.String()
	}
	switch c.by {
	case providerSays:
		return text + ", by the provider's own words"
	case providerRefuses:
		return "the provider refused the input: " + text
	case runware:
	}
	return text
}

// String is the mend in words, with what stands beside it.
func (m mend) String() string { return m.head() + m.besides() }

// head is the step itself.
func (m mend) head() string {
	text := m.saying.String()
	for _, s := range m.also {
		text += s.String()
	}
	return text
}

func (m mend) besides() string {
	text := ""
	for _, s := range m.aside {
		text += "; " + s.String()
	}
	return text
}

// sends tells whether the step itself says to send something.
func (m mend) sends() bool { return strings.HasPrefix(clauses[m.key], "send ") }

// winds tells whether the step has a subordinate clause, so that what follows it needs a comma.
func (m mend) winds() bool {
	winding := strings.Contains(clauses[m.key], ", ") || len(m.names) > 2
	for _, s := range m.also {
		winding = winding || strings.Contains(clauses[s.key], ", ")
	}
	return winding
}

// sentence makes a summary or a next step of a clause.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	if first, width := utf8.DecodeRuneInString(s); unicode.IsLower(first) {
		s = string(unicode.ToUpper(first)) + s[width:]
	}
	return strings.TrimSuffix(s, ".") + "."
}

// show is a value in our own sentences: quoted as JSON has it, without the quotes of plain strings.
func show(v schema.Value) string {
	if text, ok := rawjson.Text(v); ok {
		switch {
		case text == "":
			return "empty"
		case strings.Contains(text, "://"):
			return "a URL" // which may carry credentials, and says nothing in a sentence
		}
		return "`" + text + "`"
	}
	return string(v)
}

func showAll(values []schema.Value) []string {
	all := make([]string, len(values))
	for i, v := range values {
		if all[i] = show(v); len(all[i]) > looks.MaxShown+2 {
			all[i] = "…"
		}
	}
	return all
}

func plural(n, noun string) string {
	if n == "1" {
		return n + " " + noun
	}
	return n + " " + noun + "s"
}

func andList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	switch len(quoted) {
	case 0:
		return ""
	case 1:
		return quoted[0]
	default:
		return strings.Join(quoted[:len(quoted)-1], ", ") + " and " + quoted[len(quoted)-1]
	}
}

func orList(values []schema.Value) string {
	if len(values) > constraint.MaxListed {
		return "one of the accepted values (" + constraint.ListText(values) + ")"
	}
	all := showAll(values)
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " or " + all[len(all)-1]
}

// acceptsPhrase says what is accepted in place of a value: the measure stands with the value already.
func acceptsPhrase(r constraint.Constraint, measure schema.Measure, typ bool) string {
	switch {
	case len(r.Allowed) > constraint.MaxListed:
		return fmt.Sprintf("one of %d values", len(r.Allowed))
	case len(r.Allowed) == 1:
		return "only " + show(r.Allowed[0])
	case len(r.Allowed) > 2:
		return "one of " + strings.Join(showAll(r.Allowed), ", ")
	case len(r.Allowed) > 1:
		return strings.Join(showAll(r.Allowed), " or ")
	}
	text := r.Uncounted(measure)
	named := r.TypeStands(measure)
	if typ && r.Type != "" && !named && !r.Float {
		text, named = strings.TrimSpace(r.Type+" "+text), true
	}
	if !named {
		return text
	}
	switch r.Type {
	case "integer", "array", "object":
		return "an " + text
	default:
		return "a " + text
	}
}
