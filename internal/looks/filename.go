package looks

import (
	"path"
	"slices"
	"strings"
)

// endings are the ends of the names of files, by the medium that they tell.
//
//nolint:gochecknoglobals // a table, never written
var endings = map[string][]string{
	"image": {"png", "jpg", "jpeg", "webp", "gif", "bmp", "avif", "heic", "heif", "tif", "tiff", "psd", "svg"},
	"video": {"mp4", "mov", "webm", "mkv", "avi", "flv", "wmv", "m4v"},
	"audio": {"mp3", "wav", "flac", "m4a", "ogg", "opus", "aac", "aiff", "wma"},
}

// IsMedium tells a word for which endings are known.
func IsMedium(name string) bool { return endings[name] != nil }

// MediumOf is the medium and the ending that the name of a file or a URL tells: "image", "heic". Both are empty where it
// tells none.
func MediumOf(name string) (medium, ending string) {
	name, _, _ = strings.Cut(name, "?")
	ending = strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	for medium, known := range endings {
		if slices.Contains(known, ending) {
			return medium, ending
		}
	}
	return "", ""
}
