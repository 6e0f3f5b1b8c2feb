package diagnose

import "mcp-taskdetails/schema"

// finding is one cause of a failure as the rules see it: values alone. words.go makes its sentences when all is known.
type finding struct {
	schema.Finding // Cause and Fix stay empty until then
	cause          cause
	mend           mend
	patch          []schema.Operation // on the request array; what all findings have makes one list
	bySchema       bool               // found by the model's schema, or explained by it
	condition      *schema.Condition  // of the schema, where it says nothing else; nil for any other
	mended         bool               // by an edit of the one mend, whatever its own patch
	open           bool               // whether the patch is wanted is somebody's decision: it loses something
	vague          bool               // gives no reason
	loose          bool               // tells of words less than they say
	pair           bool               // speaks of width and height as of one size
}

// cause is what is wrong.
type cause struct {
	saying
	more []saying // what goes on behind it
	by   voice
}

// mend is what to change.
type mend struct {
	saying
	also     []saying // changed by the same patch
	aside    []saying // worth knowing beside it, and no step
	ofUpload bool     // the task is itself what uploads the file
}

// calls names the provider in all that a finding says.
func (f *finding) calls(provider string) {
	f.cause.provider, f.mend.provider = provider, provider
	for _, more := range [...][]saying{f.cause.more, f.mend.also, f.mend.aside} {
		for i := range more {
			more[i].provider = provider
		}
	}
}

// voice is who says a cause, where it is not Runware.
type voice uint8

const (
	runware         voice = iota
	providerSays          // a provider's words mean it
	providerRefuses       // a provider refused the input for it
)

// saying is a clause as values: which one, and what stands in it.
type saying struct {
	key       key
	who       string         // who accepts or refuses: a model's id in backticks, or Runware
	provider  string         // what to call the provider
	name      string         // the parameter, without backticks
	other     string         // a second name
	names     []string       // several parameters
	held      []string       // those of them that the request has
	value     schema.Value   // seen, or wanted
	values    []schema.Value // accepted
	measure   schema.Measure // of value
	typ       string         // of value, where the type is what is wrong or to be sent
	size      [2]int
	count     int
	indexes   []int             // tasks of the request array
	condition *schema.Condition // of a model's schema
	text      string            // a phrase that is ready: a rule, a media type, a row of the table of codes
}

// answer is what a rule has of a finding before it says anything.
func answer(f schema.Finding) finding { return finding{Finding: f} }
