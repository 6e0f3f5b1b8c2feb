package message

import (
	"strings"
)

// Notion is a set of things that a text speaks of.
type Notion uint32

// The notions. What a moderation refused goes from the output to the input.
const (
	OfOutputAudio Notion = 1 << iota
	OfOutputVideo
	OfOutputImage
	OfOutput
	OfProtected // material that somebody has the rights to
	OfPerson    // a real one
	OfFace      // which may be a real person's
	OfInputVideo
	OfInputAudio
	OfInputImage
	OfPrompt
	OfNoCharge
	OfHeldBalance // by what is running
	OfUnpaid      // an account that is behind with its payments
	OfGoneFile    // by the answer of its host
	OfRefusedFile // likewise
	OfPage        // of a web site, in place of a file
	OfClientFault // by a slug
	OfLacking     // what somebody does not have
	OfSideOfFile
	OfMediaForm
	OfSound // of whatever
	OfOwnPurse
	OfDownHost // by its answer
	OfProviderPurse
)

// notionOf resolves the meanings of notions.txt.
func notionOf(meaning string) (Notion, bool) {
	for i, name := range [...]string{
		"output-audio", "output-video", "output-image", "output", "protected", "person", "face", "input-video", "input-audio", "input-image",
		"prompt", "not-charged", "balance-held", "unpaid", "host-gone", "host-refuses", "host-page", "client-fault", "lacking", "side-of-file",
		"media-form", "sound", "own-purse", "host-down", "provider-purse",
	} {
		if name == meaning {
			return 1 << i, true
		}
	}
	return 0, false
}

// notionRow is a row of notions.txt.
type notionRow struct {
	notion Notion
	stems  stems
}

func (t *tables) addNotion(r row) error {
	notion, stems, err := meant(t, r, notionOf, "notion")
	if err == nil {
		t.notions = append(t.notions, notionRow{notion, stems})
	}
	return err
}

// Notions are all that a text speaks of.
func Notions(text string) Notion { return words().notionsIn(strings.ToLower(text)) }

// Speaks tells whether a text speaks of any of some notions.
func Speaks(text string, of Notion) bool { return Notions(text)&of != 0 }

func (t *tables) notionsIn(lower string) Notion {
	lower = strings.ReplaceAll(lower, ".", "_") // SAFETY.INPUT.TEXT
	var all Notion
	in := textOf(lower)
	for _, row := range t.notions {
		if all&row.notion == 0 && row.stems.in(&in, anywhere) {
			all |= row.notion
		}
	}
	return all
}
