// Package export saves many tasks into a file, one report a line, and survives whatever ends it: a crash, Ctrl-C, a full
// disk, an API that is down. The same command again goes on where it stopped; each task is asked for and stands in the
// file exactly once.
//
// Three things do the work, each in a file of its own: [Pacer] decides when the API may be asked, [Output] is the file,
// and [Media], if asked for, saves the results that tasks link to. [Run] leads ids through them. It refuses to
// know what a task means, to write over a file that is not its own, and to spread work over machines: that is left to
// engines which do it well, and each takes one [Shard].
package export
