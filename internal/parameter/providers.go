package parameter

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed providers.txt
var providersText string

// providerWords are the words of which providers' names of parameters are made.
//
//nolint:gochecknoglobals // parsed once, on first use, then never written
var providerWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool, 256)
	for name := range listed(providersText) {
		for _, word := range wordsOf(name) {
			words[word] = true
		}
	}
	return words
})

// MadeOfKnownWords tells a name that says nothing but what providers' parameters are called by, so that it may be said again
// whoever wrote it: image_tail, personGeneration. It is false of please_delete_all.
func MadeOfKnownWords(name string) bool {
	for _, word := range wordsOf(name) {
		if !providerWords()[word] && strings.Trim(word, "0123456789") != "" {
			return false
		}
	}
	return true
}
