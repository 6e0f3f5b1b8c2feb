package render

import (
	"crypto/sha256"
	_ "embed" // the style and the script
	"encoding/base64"
	"html"
	"net/url"
	"strings"

	"mcp-taskdetails/internal/looks"
)

// html.css and html.js are all that a page has beside its data. The policy below lets a browser use them and nothing else.
var (
	//go:embed html.css
	htmlStyle string
	//go:embed html.js
	htmlScript string
)

// tag is the name of an element or of an attribute: always one of ours, never data.
type tag string

// markup writes HTML. Whatever is not a tag is escaped, for HTML and for the eye: html/template would do it too, and keeps
// the linker from dropping any exported method, which costs a fifth of the binary and 2 MiB of an idle server.
type markup struct{ b strings.Builder }

// open begins an element with attributes: a name and a value each.
func (m *markup) open(name tag, attributes ...string) {
	m.b.WriteString("<" + string(name))
	for i := 0; i+1 < len(attributes); i += 2 {
		m.b.WriteString(" " + attributes[i] + `="` + escaped(attributes[i+1]) + `"`)
	}
	m.b.WriteString(">")
}

func (m *markup) end(name tag) { m.b.WriteString("</" + string(name) + ">\n") }

// text writes a text of anybody's.
func (m *markup) text(text string) { m.b.WriteString(escaped(text)) }

// element writes an element with a text in it; where there is none, nothing.
func (m *markup) element(name tag, text string, attributes ...string) {
	if text == "" {
		return
	}
	m.open(name, attributes...)
	m.text(text)
	m.b.WriteString("</" + string(name) + ">\n")
}

// prose writes a sentence in which what stands in backticks is code.
func (m *markup) prose(name tag, text string, attributes ...string) {
	if text == "" {
		return
	}
	m.open(name, attributes...)
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 && part != "" {
			m.open("code")
			m.text(part)
			m.b.WriteString("</code>")
			continue
		}
		m.text(part)
	}
	m.end(name)
}

// link writes a link where the address is Runware's, and else its text alone.
func (m *markup) link(address, text string) {
	if !ofRunware(address) {
		m.text(text)
		return
	}
	m.open("a", "href", address, "rel", "noreferrer noopener")
	m.text(text)
	m.b.WriteString("</a>")
}

func escaped(text string) string { return html.EscapeString(Visible(text)) }

// ofRunware tells an address of Runware's own that holds no secret of its reader's, nor the place of one.
func ofRunware(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.User == nil && u.Port() == "" && !strings.Contains(address, "[redacted]") &&
		looks.IsRunware(u.Host)
}

// imageHost is where Runware keeps images (https://runware.ai/docs); a page loads nothing else, and this when asked to.
const imageHost = "https://im.runware.ai"

// HTMLHead begins a page that stands for itself: it loads nothing, and sends nobody where it comes from.
func HTMLHead(title string) string {
	var m markup
	m.b.WriteString("<!doctype html>\n")
	m.open("html", "lang", "en")
	m.open("head")
	m.open("meta", "charset", "utf-8")
	m.open("meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; img-src "+imageHost+
		"; style-src "+hashed(htmlStyle)+"; script-src "+hashed(htmlScript)+"; base-uri 'none'; form-action 'none'")
	m.open("meta", "name", "referrer", "content", "no-referrer")
	m.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
	m.element("title", title)
	m.b.WriteString("<style>" + htmlStyle + "</style>\n")
	m.end("head")
	m.open("body")
	m.open("main")
	return m.b.String()
}

// HTMLFoot ends a page.
func HTMLFoot() string {
	return "</main>\n<script>" + htmlScript + "</script>\n</body>\n</html>\n"
}

// hashed is the source of a policy that allows this text.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
