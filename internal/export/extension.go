package export

import (
	"mime"
	"path"
	"slices"
	"strings"
)

// other is the extension of a file of a kind that is not known.
const other = ".bin"

// kinds are the extensions that a saved file may have, and the media types that stand for them: what Runware documents
// as outputFormat, and what its 3D, vector and training tasks return.
func kinds() map[string][]string {
	return map[string][]string{
		".jpg": {"image/jpeg"}, ".jpeg": nil, ".png": {"image/png"}, ".webp": {"image/webp"}, ".avif": {"image/avif"},
		".gif": {"image/gif"}, ".svg": {"image/svg+xml"}, ".tiff": {"image/tiff"},
		".mp4": {"video/mp4"}, ".webm": {"video/webm"}, ".mov": {"video/quicktime"},
		".mp3": {"audio/mpeg", "audio/mp3"}, ".wav": {"audio/wav", "audio/x-wav"}, ".flac": {"audio/flac"}, ".ogg": {"audio/ogg"}, ".m4a": {"audio/mp4"},
		".glb": {"model/gltf-binary"}, ".gltf": {"model/gltf+json"}, ".obj": nil, ".ply": nil, ".stl": nil, ".fbx": nil, ".usdz": nil,
		".zip": {"application/zip"}, ".safetensors": nil, ".json": {"application/json"}, ".txt": {"text/plain"},
		other: nil,
	}
}

func extensions() []string {
	var all []string
	for extension := range kinds() {
		all = append(all, extension)
	}
	slices.Sort(all)
	return all
}

// extension chooses one that is known: the URL's own, or the media type's.
func extension(urlPath, contentType string) string {
	own := strings.ToLower(path.Ext(urlPath))
	if _, ok := kinds()[own]; ok {
		return own
	}
	mediaType, _, _ := mime.ParseMediaType(contentType)
	for extension, types := range kinds() {
		if slices.Contains(types, mediaType) {
			return extension
		}
	}
	return other
}
