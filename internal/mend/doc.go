// Package mend finds the smallest edits of a task that make it pass its model's schema: a member moved to where the
// schema takes it, a name or a value put right, a setting removed. It proposes, and the schema's validator proves: a
// mend that it returns as proved was accepted whole.
//
// Start with [New], then [Mender.Mend].
//
// It is pure: no I/O, no clock, and the task is never changed. It refuses to touch who is asked and where results go
// (destinations, keys, ids), to take out a safety check, and to invent a value: where the schema leaves a choice, the
// choice is the user's. What the user made (media, prompts, texts) is taken out only if nothing else passes, and the
// edit says so.
package mend
