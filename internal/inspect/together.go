package inspect

import "context"

// Together answers for tasks that share one API request, in the order of ids. Nothing is kept. It is [Inspector.Batch]
// for a caller that decides itself when to ask, and how much at once.
func (i *Inspector) Together(ctx context.Context, ids []string, o Options) []Answer {
	return i.batch(ctx, ids, o)
}
