package modelschema

import "strings"

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
