package tools

import (
	_ "embed" // the picture
	"encoding/base64"

	"github.com/mark3labs/mcp-go/mcp"
)

//go:embed icon.svg
var iconSVG []byte

// icon travels within the answer, so that no host fetches anything. It is drawn small, as some hosts get it with every
// reply; icon.png of the bundle is the large one.
func icon() mcp.Icon {
	return mcp.Icon{
		Src:      "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(iconSVG),
		MIMEType: "image/svg+xml",
		Sizes:    []string{"any"},
	}
}
