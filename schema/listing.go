package schema

import "encoding/json"

// Listing is what Runware publishes of a model's id, beside its schema: in its registry of models and on its page.
type Listing struct {
	AIR    string // the id of the model; of a slug, that of the model which it stands for
	Slug   string // Runware's short name for the model; "" if unknown
	Status ListingStatus
}

// ListingStatus is what becomes of a task that names the model.
type ListingStatus string

// The statuses. The zero value means that nothing is known.
const (
	ListingLive       ListingStatus = "live"
	ListingDeprecated ListingStatus = "deprecated"
	ListingComing     ListingStatus = "coming-soon" // announced, and not there yet
	ListingUnlisted   ListingStatus = "unlisted"    // the registry has the models of its source, and not this one
)

// Price is what a task costs by what Runware publishes for its model, in US dollars.
type Price struct {
	Rate  json.Number // of one Unit
	Unit  string      // in words: second, image, character
	Total json.Number // of the whole task; "" where the request does not show how many units it is
}
