package modelschema

import (
	"context"
	"slices"
	"strings"

	"mcp-taskdetails/schema"
)

// minSecret is the length from which a text can be told to hold a secret; a shorter one would be found anywhere.
const minSecret = 6

// Withholding is a [Service] as one caller asks it: one service, with its cache, may serve callers with secrets of
// their own.
type Withholding struct {
	service *Service
	secrets []schema.Secret
}

// Withholding returns the service for a caller whose secrets never leave the process: an id that holds one is not asked for.
func (s *Service) Withholding(secrets ...schema.Secret) *Withholding {
	return &Withholding{service: s, secrets: slices.Clone(secrets)}
}

// Model is [Service.Model], and nil where the id holds a secret.
func (w *Withholding) Model(ctx context.Context, id string) *Model {
	for _, secret := range w.secrets {
		if text := secret.Reveal(); len(text) >= minSecret && strings.Contains(id, text) {
			return nil
		}
	}
	return w.service.Model(ctx, id)
}
