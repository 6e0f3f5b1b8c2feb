package message

import (
	"html"
	"strings"
)

// pageText is what a page of HTML says: its title, then its words, without scripts, styles and remarks.
func pageText(page string) string {
	var title, body strings.Builder
	into := &body
	for len(page) > 0 && body.Len() < maxTextBytes {
		open := strings.IndexByte(page, '<')
		if open < 0 {
			into.WriteString(page)
			break
		}
		into.WriteString(page[:open] + " ")
		page = page[open:]
		if rest, isRemark := strings.CutPrefix(page, "<!--"); isRemark {
			_, page, _ = strings.Cut(rest, "-->")
			continue
		}
		tag, rest, whole := strings.Cut(page[1:], ">")
		if !whole {
			break
		}
		page = rest
		switch name := tagName(tag); name {
		case "title":
			into = &title
		case "/title":
			into = &body
		case "script", "style":
			page = behind(page, "</"+name)
		}
	}
	head, said := oneLine(title.String()), oneLine(body.String())
	if head == "" || strings.Contains(said, head) {
		return said // most error pages repeat their title
	}
	return strings.TrimSpace(head + ". " + said)
}

// isPage tells HTML or XML by how it begins: "<400> InvalidParameter" is none.
func isPage(text string) bool {
	rest, ok := strings.CutPrefix(text, "<")
	return ok && rest != "" && (rest[0] == '!' || rest[0] == '?' || rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= 'A' && rest[0] <= 'Z')
}

// tagName is the name of a tag, lower case, with the slash of a closing one.
func tagName(tag string) string {
	name, _, _ := strings.Cut(strings.TrimSpace(tag), " ")
	return strings.ToLower(name)
}

// behind is what follows a closing tag, whose letters may be of either case; nothing if it never closes.
func behind(page, closing string) string {
	for at := range len(page) - len(closing) + 1 {
		if strings.EqualFold(page[at:at+len(closing)], closing) {
			_, rest, _ := strings.Cut(page[at:], ">")
			return rest
		}
	}
	return ""
}

func oneLine(text string) string { return strings.Join(strings.Fields(html.UnescapeString(text)), " ") }
