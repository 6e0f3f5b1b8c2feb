package inspect

import (
	"strings"

	"github.com/google/uuid"
)

// ExampleID is the failed task of Runware's documentation: what messages show as a well-formed id.
const ExampleID = "b880f077-e514-58ef-0ebd-ce1c37b46eb7"

// ParseID reads a task id as people and models write it: blanks, quotes and backticks around it are forgiven. Any
// version and variant goes, since the documentation's own example is no valid UUID of any; letter case stays.
func ParseID(text string) (id string, ok bool) {
	id = strings.Trim(text, " \t\r\n\"'`“”‘’")
	// uuid knows other forms too (braces, no hyphens), all of other lengths, which Runware does not.
	return id, len(id) == len(ExampleID) && uuid.Validate(id) == nil
}
