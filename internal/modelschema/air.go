package modelschema

import "strings"

// maxAIR is longer than any identifier that Runware has published, in bytes.
const maxAIR = 100

// isAIR tells whether a text has the form of Runware's model identifiers (AIR), `source:id@version`. The slugs that its
// SDK takes as well are no part of a task.
func isAIR(id string) bool {
	source, rest, _ := strings.Cut(id, ":")
	name, version, _ := strings.Cut(rest, "@")
	return len(id) <= maxAIR && isWord(source) && isWord(name) && isWord(version)
}

func isWord(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.'
	})
}

// minSecret is the length from which a text can be told to hold a secret; a shorter one would be found anywhere.
const minSecret = 6

// holdsSecret tells whether an id is, or holds, something that must not leave the process.
func (s *Service) holdsSecret(id string) bool {
	for _, secret := range s.secrets {
		if text := secret.Reveal(); len(text) >= minSecret && strings.Contains(id, text) {
			return true
		}
	}
	return false
}
