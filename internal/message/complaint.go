package message

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Complaint is what a provider finds wrong, where no parameter alone shows it.
type Complaint uint8

// The complaints, by what they are about.
const (
	NoComplaint   Complaint = iota
	FileUnchecked           // could not be checked, which is no refusal
	FileURL
	FileHTTPS
	FileTrust // the certificate of its host is not accepted
	FileRules // several, one of which it breaks
	FileFetch
	FileRobots // keeps them out
	FileRedirect
	FileHost    // is not known
	FileExpired // its link
	FilePage    // of a web site
	FileDamaged
	FileFormat
	FileMistyped // declared as another type than it is
	FileCodec
	FileBytes
	FileShape
	FileSizeAsked // is not of the size that the request asks for
	FileMask      // is not of the size of the picture
	FilesDiffer   // in size, of which several must agree
	FileSmall
	FileLarge // in bytes or in pixels
	FilePixels
	FileFace   // shows none
	FileObject // shows none that could be made out
	FileLacks  // what is looked for in it
	FileFaces  // shows more than one
	FileSilent // holds no speech
	FileCount
	FileUnwanted // by the model
	FileUnread
	FileUndecoded
	FileLength
	AudioRate
	FrameRate
	TextEmpty
	TextLong
	TextInvisible
	TextEnglish
	TextLanguage
	Voice
	Duration
	DurationSize // do not go together
	OutputLarge
	OutputShape
	WordsInstead // of a result
	NoneMade
	FormMissed // of the answer, which a model was asked to keep
)

// complaintOf resolves the meanings of complaints.txt.
func complaintOf(meaning string) (Complaint, bool) {
	for i, name := range [...]string{
		FileUnchecked: "file-unchecked", FileURL: "file-url", FileHTTPS: "file-https", FileTrust: "file-trust", FileRules: "file-rules", FileFetch: "file-fetch", FileRobots: "file-robots", FileRedirect: "file-redirect", FileHost: "file-host", FileExpired: "file-expired", FilePage: "file-page", FileDamaged: "file-damaged",
		FileFormat: "file-format", FileMistyped: "file-mistyped", FileCodec: "file-codec", FileBytes: "file-bytes", FileShape: "file-shape", FileSizeAsked: "file-size-asked",
		FileMask: "file-mask", FilesDiffer: "files-differ", FileSmall: "file-small", FileLarge: "file-large", FilePixels: "file-pixels", FileFace: "file-face", FileObject: "file-object", FileLacks: "file-lacks",
		FileFaces: "file-faces", FileSilent: "file-silent", FileCount: "file-count", FileUnwanted: "file-unwanted", FileUnread: "file-unread", FileUndecoded: "file-undecoded", NoneMade: "none-made",
		FileLength: "file-length", AudioRate: "audio-rate", FrameRate: "frame-rate", FormMissed: "form-missed", TextEmpty: "text-empty", TextLong: "text-long", TextInvisible: "text-invisible", TextEnglish: "text-english",
		TextLanguage: "text-language", Voice: "voice", Duration: "duration", DurationSize: "duration-size", OutputLarge: "output-large",
		OutputShape: "output-shape", WordsInstead: "words-instead",
	} {
		if name == meaning && name != "" {
			return Complaint(i), true
		}
	}
	return NoComplaint, false
}

// complaintRow is a row of complaints.txt.
type complaintRow struct {
	complaint Complaint
	stems     stems
}

func (t *tables) addComplaint(r row) error {
	complaint, ok := complaintOf(r.meaning)
	if !ok {
		return fmt.Errorf("%q is no complaint", r.meaning)
	}
	all, err := t.newStems(r.pattern)
	if err != nil {
		return err
	}
	t.complaints = append(t.complaints, complaintRow{complaint, all})
	return nil
}

// Complains finds what a provider's text complains of: the first row that is said, whatever the text denies.
func Complains(text string) Complaint { return words().complains(strings.ToLower(spelledOut(text))) }

// spelledOut is a slug in words: image_too_big, ImageTooBig.
func spelledOut(text string) string {
	if strings.Contains(text, " ") {
		return text
	}
	var b strings.Builder
	lower := false
	for _, r := range text {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		if r == '_' || r == '-' || r == '.' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return "slug " + b.String()
}

func (t *tables) complains(lower string) Complaint {
	lower = strings.ReplaceAll(strings.ReplaceAll(lower, "'s ", " "), "’s ", " ") // the image's size is the image size
	lower = withoutURLs(lower)
	in := textOf(lower)
	for _, row := range t.complaints {
		if row.stems.in(&in, atWord) {
			return row.complaint
		}
	}
	if unquoted := withoutQuoted(lower); len(unquoted) < len(lower) { // the voice 'x' is not available
		return t.complains(unquoted)
	}
	return NoComplaint
}

// innerLetter tells a position within a word of Latin letters.
func innerLetter(lower string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(lower[:at])
	return at > 0 && before < utf8.RuneSelf && unicode.IsLetter(before) && lower[at] < utf8.RuneSelf && unicode.IsLetter(rune(lower[at]))
}
