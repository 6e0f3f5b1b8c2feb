package present

import (
	"bytes"
	"strings"
)

// hook is the address of a service whose path is the credential. In a pattern a * stands for one step of the path.
type hook struct {
	pattern string
	example string // what is masked of it stands behind the pattern
	not     string
}

// hooks are the addresses of services whose path is the credential.
//
//nolint:gochecknoglobals // immutable table
var hooks = [...]hook{
	{"hooks.slack.com/services/", "https://hooks.slack.com/services/T0FA¦KE/B0FAKE/Zx81", "https://hooks.slack.com/docs"},
	{"hooks.slack.com/workflows/", "https://hooks.slack.com/workflows/T0FA¦KE/A0FAKE/Zx81", "https://hooks.slack.com/"},
	{"hooks.slack.com/triggers/", "https://hooks.slack.com/triggers/T0FA¦KE/1234/Zx81", "https://hooks.slack.com/"},
	{"discord.com/api/webhooks/", "https://discord.com/api/webhooks/12¦34/abcd", "https://discord.com/api/users"},
	{"discord.com/api/*/webhooks/", "https://discord.com/api/v10/webhooks/12¦34/abcd", "https://discord.com/api/v10/users"},
	{"discordapp.com/api/webhooks/", "https://discordapp.com/api/webhooks/12¦34/abcd", "https://discordapp.com/api/users"},
	{"discordapp.com/api/*/webhooks/", "https://discordapp.com/api/v9/webhooks/12¦34/abcd", "https://discordapp.com/api/v9/users"},
	{"api.telegram.org/bot", "https://api.telegram.org/bot12¦34:abcd", "https://api.telegram.org/file"},
	{"hooks.zapier.com/hooks/catch/", "https://hooks.zapier.com/hooks/catch/12¦34/abcd", "https://hooks.zapier.com/help"},
	{"maker.ifttt.com/trigger/*/with/key/", "https://maker.ifttt.com/trigger/done/with/key/ab¦cd", "https://maker.ifttt.com/trigger/done/with"},
	{"hook.eu1.make.com/", "https://hook.eu1.make.com/ab¦cd", "https://eu1.make.com/scenarios"},
	{"hook.us1.make.com/", "https://hook.us1.make.com/ab¦cd", "https://us1.make.com/scenarios"},
	{"outlook.office.com/webhook/", "https://outlook.office.com/webhook/ab¦cd", "https://outlook.office.com/mail"},
	{"webhook.office.com/webhookb2/", "https://fake.webhook.office.com/webhookb2/ab¦cd", "https://fake.webhook.office.com/help"},
	{"webhook.site/", "https://webhook.site/ab¦cd", "https://webhooks.example.com/x"},
}

// hookAt recognises one of hooks at i and returns where its credential begins and ends.
func hookAt(text []byte, i int) (start, end int) {
	switch text[i] {
	case 'h', 'd', 'a', 'm', 'o', 'w':
	default:
		return 0, 0
	}
	for n := range hooks {
		if start = hooks[n].match(text, i); start == 0 {
			continue
		}
		for end = start; end < len(text); {
			c, width, _ := character(text, end)
			if !isAlnum(c) && strings.IndexByte("-_:/.@", c) < 0 {
				break
			}
			end += width
		}
		end = start + len(bytes.TrimRight(text[start:end], ".:"))
		if end > start {
			return start, end
		}
	}
	return 0, 0
}

// match returns the offset past the pattern at i, or 0.
func (h *hook) match(text []byte, i int) int {
	if fold(text[i]) != h.pattern[0] {
		return 0
	}
	before, after, wild := strings.Cut(h.pattern, "*")
	i = matchEscaped(text, i, []byte(before))
	if i == 0 || !wild {
		return i
	}
	const longest = 32
	step := dashed.end(text[:min(len(text), i+longest)], i)
	if step == i {
		return 0
	}
	return matchEscaped(text, step, []byte(after))
}
