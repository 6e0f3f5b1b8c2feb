package looks

import (
	"net/url"
	"strings"
)

// IsSharePage tells a URL by which a host of files shows a file in a page of its own, where a direct link has another form.
// The forms are those that the hosts' own help describes: a viewer of Google Drive, a Dropbox link without raw=1 or dl=1, a file
// of GitHub below blob.
func IsSharePage(s string) bool {
	u, err := url.Parse(s)
	if err != nil || !IsURL(s) {
		return false
	}
	host, path := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), u.Path
	switch host {
	case "drive.google.com":
		return strings.HasPrefix(path, "/file/") || path == "/open" || strings.HasPrefix(path, "/drive/")
	case "docs.google.com", "photos.google.com", "photos.app.goo.gl", "1drv.ms", "onedrive.live.com", "youtube.com", "youtu.be", "vimeo.com":
		return true
	case "dropbox.com":
		return u.Query().Get("raw") != "1" && u.Query().Get("dl") != "1"
	case "github.com":
		return strings.Contains(path, "/blob/") && u.Query().Get("raw") == ""
	}
	return false
}
