package message

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// ordinals are the ways in which a text says which of several files it means, counted from 1: "the second image", "image
// #2", "2nd frame", 第2张; and from 0: images[1], "image at index 1".
//
//nolint:gochecknoglobals // compiled once, on first use
var ordinals = sync.OnceValue(func() []ordinal {
	const noun = `(?:input |reference |source )?(?:image|picture|frame|video|audio|file|reference|item)s?`
	return []ordinal{
		{regexp.MustCompile(`\b(?:input_|reference_|source_)?(?:image|picture|frame|video|audio|file|reference|item)(?:_?(?:url|uri|file|image))?s?\s?\[(\d{1,2})\]`), 1},
		{regexp.MustCompile(`\b` + noun + ` at (?:index|position) (\d{1,2})\b`), 1},
		{regexp.MustCompile(`\b` + noun + `\s?(?:#|no\.?\s|number\s)\s?(\d{1,2})\b`), 0},
		{regexp.MustCompile(`\b` + noun + ` (\d)(?:$|[,.:;)]|\s(?:is|was|has|could|cannot|failed|in|exceeds|must|does)\b)`), 0},
		{regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th) ` + noun + `\b`), 0},
		{regexp.MustCompile(`\b(first|second|third|fourth|fifth|last|end|tail)[ _]` + noun + `(?:\b|_)`), 0},
		{regexp.MustCompile(`\b(?:image|frame)_(tail|end|last|first|start)\b`), 0},
		{regexp.MustCompile(`(erste|zweite|dritte|vierte|letzte)[nrs]? (?:bild|video|datei|referenzbild)`), 0},
		{regexp.MustCompile(`(?:la|el|de la|del) (primera|segunda|tercera|cuarta|última) (?:imagen|imagem|foto)`), 0},
		{regexp.MustCompile(`(première|deuxième|seconde|troisième|dernière) (?:image|vidéo|photo)`), 0},
		{regexp.MustCompile(`第\s?(\d{1,2}|[一二三四五])\s?[张個个枚帧]`), 0},
	}
})

type ordinal struct {
	words *regexp.Regexp
	from0 int // what is added to make it count from 1
}

// Last is the ordinal of the last of several.
const Last = -1

// Ordinal is which of several files a text means, from 1; [Last] for the last one; 0 where it says none, or more than one.
func Ordinal(text string) int {
	text = strings.ToLower(text)
	which := 0
	for _, o := range ordinals() {
		for _, m := range o.words.FindAllStringSubmatch(text, -1) {
			n := inFull(m[1]) + o.from0
			if n < 1 && n != Last || which != 0 && which != n {
				return 0
			}
			which = n
		}
	}
	return which
}

// inFull is a number of digits or of a word.
func inFull(text string) int {
	switch text {
	case "last", "end", "tail", "letzte", "última", "dernière":
		return Last
	case "first", "start", "一", "erste", "primera", "première":
		return 1
	case "second", "二", "zweite", "segunda", "deuxième", "seconde":
		return 2
	case "third", "三", "dritte", "tercera", "troisième":
		return 3
	case "fourth", "四", "vierte", "cuarta":
		return 4
	case "fifth", "五":
		return 5
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}
