package message

import (
	"strings"
	"sync"
)

// Stance is a set of statements that the words of a message make.
type Stance uint32

// The stances. A message takes every one of which it has a word.
const (
	SaysConflict Stance = 1 << iota
	SaysMissing
	SaysUnsupportedName
	SaysUnsupportedValue
	SaysUnreadable    // media that could not be fetched or read
	SaysMediaProperty // a property of the file, which no parameter sets
	SaysCount
	SaysFormat       // asks for a form that the grammar does not know in full
	SaysEmpty        // must not be empty
	SaysOfValue      // this very value is not supported: another may be
	SaysAlternatives // either, one of
	SaysTogether     // is accepted only beside another parameter
	SaysInstead      // names what to use instead
	SaysRefused      // an input was refused, in words too general to tell which
	SaysWrongSize    // too large, too small, …
	SaysFloat        // a float, by Runware's word
	SaysPixels
	SaysInvoice  // asks for a paid invoice
	SaysTryAgain // sending it again may help
)

type stanceRow struct {
	stance Stance
	words  []string
}

// stanceWords maps the words of complaints to what they complain of. Lower case; a message takes every stance found.
//
//nolint:gochecknoglobals // made once, on first use, then never written
var stanceWords = sync.OnceValue(func() []stanceRow {
	return []stanceRow{
		{SaysConflict, []string{
			"used together", "used at the same time", "use together", "used simultaneously", "incompatible", "mutually exclusive", "be combined", "not both", "only one of",
			"conflict", "cannot be used with", "can't be used with", "not be used with", "not be used together with", "not compatible", "coexist",
			"exclusive peers", "not be specified together", "not allowed along with", "cannot be used along", "cannot be used alongside",
			"contains a conflict", "be set when", "be used when", "be set if", "be used if", "be specified when", "be specified if", "be specified with", "be provided when", "be provided with", "be set with", "allowed when", "allowed together",
		}},
		{SaysMissing, []string{
			"missing", "is required", "are required", "required parameter", "required field", "must be provided", "must be supplied", "must be set", "must be present",
			"must be given", "must be included", "not provided", "was not sent", "field required", "required but", "requires a ", "requires an ", "requires the ", "required property", "please provide", "only be used together with", "only be used with", "only be set with", "only valid with", "only allowed with", "must be used with", "must be accompanied",
			"must specify", "must provide", "must include",
		}},
		{SaysUnsupportedName, []string{
			"unsupported use of", "please remove", "remove this parameter", "not recognized", "not recognised", "unrecognized", "unrecognised", "unknown parameter",
			"unknown field", "unknown property", "unexpected parameter", "unexpected field", "unexpected property", "unexpected keyword", "not supported",
			"unsupported parameter", "isn't supported", "does not support", "doesn't support", "does not accept", "doesn't accept", "not a valid parameter", "not accepted", "additional propert",
			"not applicable", "not available for", "not among", "field is prohibited", "fields are prohibited", "is not permitted", "parameter is forbidden", "was retired", "has been retired", "was removed", "has been removed", "was renamed", "has been renamed", "renamed to", "in favour of", "in favor of", "is deprecated", "were unexpected", "was unexpected", "was not expected", "not allowed", "no longer supported", "cannot be used for this", "cannot be used with this",
		}},
		{SaysUnsupportedValue, []string{
			"combination", "specified dimensions", "dimensions are not supported", "value is not supported", "unsupported value", "values are not supported",
			"not one of", "not in the list", "not a supported", "unsupported dimensions", "unsupported width/height", "unsupported duration", "unsupported resolution", "the selected ", "other than ", "enum value",
		}},
		{SaysUnreadable, []string{
			"failed to transfer", "be decoded", "failed to download", "failed to fetch", "failed to load", "failed to decode", "failed to read", "failed to retrieve",
			"failed to open", "failed to process the provided", "could not be encoded", "could be downloaded", "could be loaded", "could not download", "could not fetch", "could not be downloaded", "could not be fetched", "could not be loaded", "could not be read",
			"could not be retrieved", "could not be opened", "could not be processed", "could not be accessed", "cannot be read", "cannot be loaded", "cannot be opened", "unable to download", "unable to fetch", "unable to load", "unable to read",
			"unable to decode", "unable to retrieve", "unable to access", "unable to process image", "corrupt", "truncated", "not accessible", "unreachable", "not a valid image", "invalid image data", "invalid image file", "error downloading", "returned http 4", "returned 404", "returned 403", "download the media", "download the image", "download the video", "download image", "download video", "fetch the image",
			"다운로드할 수 없", "다운로드에 실패", "无法下载", "下载失败", "無法下載", "ダウンロードできません", "не удалось загрузить", "no se pudo descargar", "impossible de télécharger", "não foi possível baixar", "impossibile scaricare", "indirilemedi", "nie można pobrać", "worden gedownload", "تعذر تنزيل", "không thể tải", "nicht heruntergeladen", "kann nicht geladen",
			"download failed", "cannot identify image", "has expired", "couldn't download", "couldn't fetch", "couldn't read", "can't be decoded", "could not be decoded",
		}},
		{SaysMediaProperty, []string{
			"short side", "shorter side", "long side", "longer side", "of the image", "of the frame image", "of the video", "image is too", "video is too", "audio is too", "image dimension", "image resolution", "image size", "frame image width", "frame image height",
			"frame image size", "image aspect ratio", "file size", "file is too", "file too", "the image must be", "input image must", "pixels wide", "pixels high", "video file", "audio file", "image file", "image format", "video format", "audio format", "not detected in", "face not detected", "no face", "could not detect", "no speech", "no audio track", "the picture is", "图片尺寸", "图像尺寸", "图片过小", "图片分辨率", "画像サイズ", "이미지 크기",
		}},
		{SaysCount, []string{
			"number of elements", "number of items", "number of images", "must contain", "too many", "too few", "maximum number", "minimum number", "more than the maximum", "must have at",
		}},
		{SaysFormat, []string{
			"air identifier", "valid air", "uuid", "valid url", "syntax", "pattern", "format", "representing", "regular expression", "hexadecimal", "alphanumeric", "valid email", "must match", "start with", "end with", "starts with",
		}},
		{SaysEmpty, []string{"be empty", "non-empty", "nonempty", "be blank", "is empty"}},
		{SaysAlternatives, []string{"either", "one of"}},
		{SaysTogether, []string{"only be"}},
		{SaysInstead, []string{"instead", "replaced by"}},
		{SaysRefused, []string{"invalid", "must ", "not supported", "unsupported", "required", "bad request", "too l", "参数", "exceed"}},
		{SaysWrongSize, []string{"too large", "too small", "too big", "too long", "too short", "too wide", "too high", "toolarge", "toosmall", "toobig", "toolong", "tooshort", "toowide", "toohigh"}},
		{SaysFloat, []string{"float"}},
		{SaysPixels, []string{"pixel", "px"}},
		{SaysInvoice, []string{"paid invoice"}},
		{SaysTryAgain, []string{"try again", "try later", "retry in", "retry later", "retry your", "retry the", "please retry", "again later", "in a few moments", "in a few minutes", "稍后再试", "稍后重试", "再試行", "inténtalo de nuevo", "réessayez", "erneut versuchen", "versuchen sie es erneut"}},
	}
})

func stancesOf(lower string) Stance {
	var all Stance
	for _, row := range stanceWords() {
		for _, w := range row.words {
			if strings.Contains(lower, w) {
				all |= row.stance
				break
			}
		}
	}
	if complainsOfValue(lower) {
		all |= SaysOfValue
	}
	return all
}

// complainsOfValue tells "this duration is not supported" (another value may be) from "this parameter is not
// supported" (none is): a determiner before anything but the word parameter speaks of what was sent.
func complainsOfValue(lower string) bool {
	for _, head := range [...]string{"the specified ", "the requested ", "the provided ", "the given ", "the selected ", "the chosen ", "this ", "the value", "value "} {
		for rest := lower; ; {
			at := strings.Index(rest, head)
			if at < 0 {
				break
			}
			rest = rest[at+len(head):]
			subject, _, found := strings.Cut(rest, "not supported")
			if !found || strings.ContainsAny(subject, ".;!") || len(subject) > 48 {
				continue
			}
			noun, _, _ := strings.Cut(strings.TrimSpace(subject), " ")
			if !isNameNoun(noun) && noun != "model" && noun != "option" && noun != "feature" {
				return true
			}
		}
	}
	return strings.Contains(lower, "combination")
}
