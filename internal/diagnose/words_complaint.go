package diagnose

import (
	"sync"

	"mcp-taskdetails/internal/message"
	"mcp-taskdetails/schema"
)

// complaint is how a provider's complaint is told: what it is about, in our words, and the step that follows.
type complaint struct {
	category    schema.Category
	cause, mend string
	inPicture   string       // the mend of a picture, where that is more than the others'
	bySize      string       // the mend of a task that says how large its output is to be
	file        bool         // about a file of the request: said only where it may hold one
	kind        medium       // of that file; empty where any may be meant
	seen        bool         // that file is a picture or a video
	text        bool         // about a text of the request
	empty       bool         // said only where the request has no such text
	name        string       // the parameter that it is about, which the request has to hold
	shows       []string     // the names of the parameter that it is about, where the request holds one
	bounded     bool         // the words may say how large, long or wide it may be
	figures     bool         // the words may say what goes together, in figures
	several     bool         // about more than one file
	lasts       bool         // about how long it lasts, which no picture does
	retry       schema.Retry // where it is not the user's to decide
	loose       bool         // says less than the words do, which are about something of the file
	sure        bool         // even beside words of moderation, which speak of something else then
}

// complaints tells each complaint. What stands in square brackets is said of a limit that the words do not give in a form
// that is read. Which value, picture or wording it is to be stays the user's; the words of the
// provider stay where they are, in the quoted message.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var complaints = sync.OnceValue(func() map[message.Complaint]complaint {
	file := complaint{category: schema.CategoryInputMedia, file: true}
	loose := complaint{category: schema.CategoryInputMedia, file: true, loose: true}
	bounded := complaint{category: schema.CategoryInputMedia, file: true, bounded: true}
	text := complaint{category: schema.CategoryInvalidParameter, text: true}
	return map[message.Complaint]complaint{
		message.FileUnchecked: complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("{provider} could not check a file of the request, which is no refusal of it", "upload the file, or send it as a PNG or JPEG at a plain public URL, and send the request again with a new taskUUID"),
		message.FileURL:       file.says("{provider} does not take the URL of a file of the request", "give a public URL with https that leads to the file itself, or upload the file and send its UUID"),
		message.FileHTTPS:     complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("{provider} takes the URL of a file only with https", "give the file a URL with https, or upload it and send its UUID"),
		message.FileTrust:     complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("{provider} could not download a file of the request, since it does not accept the certificate of the file's host", "renew the certificate of that host, or upload the file and send its UUID"),
		message.FileRules:     complaint{category: schema.CategoryInputMedia, file: true, figures: true}.says("a file of the request breaks one of the rules that {provider} has for files", "check the file against each of those rules, and convert, resize, crop or trim it to fit"),
		message.FileFetch:     complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("{provider} could not download a file of the request", "make sure that the URL still leads to the file, is public and answers at once, without a login or a guard against links from elsewhere, or upload the file and send its UUID"),
		message.FileRobots:    complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("{provider} could not fetch a file of the request, and heeds the robots.txt of the file's host", "upload the file and send its UUID; or let the host give it out to everybody, by its robots.txt too"),
		message.FileRedirect:  file.says("{provider} was redirected too often when it downloaded a file of the request", "give the final URL of the file itself, no short link, or upload the file and send its UUID"),
		message.FileHost:      complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("no host is known by the name that the URL of a file of the request has", "check how the host of the URL is spelled, and that the file is on the public internet, or upload it and send its UUID"),
		message.FileExpired:   complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("the URL of a file of the request has expired", "make a fresh link that lives long enough, or upload the file and send its UUID"),
		message.FilePage:      file.says("the URL of a file of the request leads to a web page", "give a URL that leads to the file itself, or upload the file and send its UUID"),
		message.FrameRate:     complaint{category: schema.CategoryInputMedia, file: true, kind: video, sure: true, bounded: true}.says("{provider} does not take the frame rate of an input video", "encode the video again with a frame rate of [what `message` allows]"),
		message.FormMissed:    complaint{category: schema.CategoryProviderFailure, retry: schema.RetryAsIs}.says("the model's answer was not in the form that was asked of it", "send it once more with a new taskUUID, since another answer may keep the form; if it fails again, ask for a simpler form, or use another model"),
		message.FileDamaged:   file.says("{provider} could not read a file of the request: it is damaged or cut off", "export the file again, whole, and send that"),
		message.FileFormat:    loose.ofPicture("convert the file to [a format that `message` names, else to PNG or JPEG]").says("{provider} does not take the format of a file of the request", "convert the file to [a format that `message` names]"),
		message.FileMistyped:  complaint{category: schema.CategoryInputMedia, file: true, sure: true}.says("a file of the request is of another type than is declared for it, such as in its data URI", "declare the type that the file really has, by what `message` names, or convert the file to the declared one: which one is the user's choice"),
		message.FileCodec:     complaint{category: schema.CategoryInputMedia, file: true, kind: video}.says("{provider} does not take the codec of a file of the request", "encode the file again with [a codec that `message` names, else with H.264 in an MP4]"),
		message.FileBytes:     bounded.ofPicture("make the file smaller, by compression or by fewer pixels, down to [the limit that `message` names]").says("a file of the request is too large, in bytes", "make the file smaller, by compression, down to [the limit that `message` names]"),
		message.FileShape:     bounded.says("{provider} does not take the aspect ratio of a file of the request", "crop the file to [a ratio that `message` allows]: how is the user's choice"),
		message.FileSizeAsked: file.says("the size of an input image is not the one that the request asks for", "resize or crop the file to that size, or ask for the size that the file has: which one is the user's choice"),
		message.FileMask:      complaint{category: schema.CategoryInputMedia, file: true, figures: true, shows: []string{"maskImage", "mask"}}.says("the mask and the image differ in size", "give the mask the same size as the image, in pixels"),
		message.FilesDiffer:   complaint{category: schema.CategoryInputMedia, file: true, several: true, figures: true}.says("two files of the request differ in size or shape, and have to agree", "resize or crop one of them to what the other has: which one is the user's choice; no parameter of the request sets it"),
		message.FileSmall:     bounded.says("a file of the request is too small for {provider}", "send the larger original of the file, or enlarge it, to [what `message` asks for]: no parameter of the request sets it"),
		message.FileLarge:     bounded.ofPicture("make the file smaller, by fewer pixels or by compression, down to [what `message` allows]: no parameter of the request sets it").says("a file of the request is too large for {provider}", "make the file smaller, by compression, down to [what `message` allows]: no parameter of the request sets it"),
		message.FilePixels:    bounded.says("{provider} does not take the pixel size of a file of the request", "resize the file to [what `message` asks for]: no parameter of the request sets it"),
		message.FileFace:      complaint{category: schema.CategoryInputMedia, file: true, seen: true}.says("{provider} found no face in a file of the request", "use a file in which a face is clear and large: which one is the user's choice"),
		message.FileObject:    complaint{category: schema.CategoryInputMedia, file: true, kind: image}.says("{provider} could not make out the object in an input image", "use a sharp image of a single object on a plain background: which one is the user's choice"),
		message.FileLacks:     loose.says("{provider} did not find in a file of the request what it looks for", "use a file that shows, or lets hear, what `message` misses: which one is the user's choice"),
		message.FileFaces:     complaint{category: schema.CategoryInputMedia, file: true, seen: true}.says("a file of the request shows more people than {provider} takes", "use a file that shows a single person: which one is the user's choice"),
		message.FileSilent:    complaint{category: schema.CategoryInputMedia, file: true, kind: audio}.says("{provider} found no speech in an input audio", "use an audio file with clear speech: which one is the user's choice"),
		message.FileCount:     complaint{category: schema.CategoryInputMedia, file: true, several: true}.says("the request holds more files than {provider} takes", "send fewer files, as many as `message` allows: which ones go is the user's choice"),
		message.FileUnwanted:  loose.says("{provider} does not take such a file here", "remove the file, or use a model that takes it: which one is the user's choice"),
		message.FileUnread:    loose.says("{provider} could not read or process a file of the request", "check that the file is whole, public and in a common format, such as PNG or JPEG for a picture; a single resend is fair, since the fault can be a passing one"),
		message.FileUndecoded: file.says("{provider} could not decode a file of the request", "make sure that what the URL gives out is the file itself and no page about it, that it is whole, and in [a common format, such as PNG or JPEG for a picture, MP3 or WAV for a sound, MP4 for a video]; or upload the file and send its UUID"),
		message.FileLength:    complaint{category: schema.CategoryInputMedia, file: true, bounded: true, lasts: true}.says("{provider} does not take the length of an input audio or video", "{bring} [a length that `message` allows]: how is the user's choice"),
		message.AudioRate:     complaint{category: schema.CategoryInputMedia, file: true, kind: audio, sure: true, bounded: true}.says("{provider} does not take the sample rate of an input audio", "resample the audio file to [a rate that `message` allows]"),
		message.TextEmpty:     complaint{category: schema.CategoryMissingParameter, text: true, empty: true}.says("{provider} asks for a text that the request leaves empty", "give the text: the wording is the user's choice"),
		message.TextLong:      complaint{category: schema.CategoryInvalidParameter, text: true, figures: true}.says("a text of the request is too long", "shorten {text} to [the limit that `message` names]: the wording is the user's choice"),
		message.TextInvisible: text.says("a text of the request holds too many characters that cannot be seen, such as zero-width ones", "remove the invisible characters from {text}; what can be read stays as it is"),
		message.TextEnglish:   text.says("{provider} takes text in English only", "write {text} in English: the wording is the user's choice"),
		message.TextLanguage:  text.says("{provider} does not take the language of the request", "use a language that the model takes: which one is the user's choice"),
		message.Voice:         complaint{category: schema.CategoryNotFound, shows: []string{"voice", "voiceId"}}.says("{provider} does not have the voice that the request names, or does not let it be used", "use a voice that the model has: which one is the user's choice"),
		message.Duration:      complaint{category: schema.CategoryUnsupportedValue, name: "duration", figures: true}.says("{provider} does not make an output of this `duration`", "set `duration` to one that `message` allows: which one is the user's choice"),
		message.DurationSize:  complaint{category: schema.CategoryConflict, shows: []string{"duration"}, figures: true}.says("the duration and the size of the output do not go together", "choose another `duration`, or another resolution or `width` and `height`, by what `message` allows together: which one is the user's choice"),
		message.OutputLarge:   complaint{category: schema.CategoryInvalidParameter, figures: true, shows: []string{"upscaleFactor"}, bySize: "ask for a smaller output, of as many pixels as `message` allows: which size is the user's choice"}.says("the output would be larger than {provider} makes", "ask for a smaller output, by a smaller {factor} or a smaller input file: which one is the user's choice"),
		message.OutputShape:   complaint{category: schema.CategoryUnsupportedValue}.says("{provider} does not make an output of this shape", "choose `width` and `height` in [a ratio that `message` lists]: which one is the user's choice"),
		message.WordsInstead:  complaint{category: schema.CategoryProviderFailure}.says("the model answered in words and made nothing", "say in the prompt what it is to make, by what its answer in `message` asks, and send it with a new taskUUID: the wording is the user's choice"),
		message.NoneMade:      complaint{category: schema.CategoryProviderFailure, retry: schema.RetryAsIs}.says("the model made nothing", "send it once more with a new taskUUID; if nothing comes again, say in the prompt what it is to make, or use another model"),
	}
})

// inFigures tells a complaint that has a limit, which may stand in the words as a figure.
func (w complaint) inFigures() bool { return w.bounded || w.figures }

// ofPicture gives the complaint a mend of its own where the file is a picture.
func (w complaint) ofPicture(mend string) complaint {
	w.inPicture = mend
	return w
}

func (w complaint) says(cause, mend string) complaint {
	w.cause, w.mend = cause, mend
	return w
}
