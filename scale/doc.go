// Package scale holds what docs/scale.md says to what it names: the manifest to the types of Kubernetes, the lines for GNU
// parallel and Slurm to what they export, the SQL to DuckDB. It is a module of its own, so that nobody who builds the
// program has to load these. Run it with scale/run, which installs what is not there.
package scale
