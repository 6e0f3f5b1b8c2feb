// Package sandbox is a Runware API that needs no key of yours and no network: recorded tasks, embedded as files, behind
// the same two services that the real program talks to. `--demo` and every end-to-end test run against it.
//
// To add a task, put one file into tasks/ (the test tells what is wrong with it):
//
//	{"title": "what it shows", "taskUUID": "…", "request": [ … ], "response": { … }}
//
// `"expand": {"pointer": "/response/…", "bytes": n}` beside them grows the base64 PNG at that pointer to n bytes when
// it is served, so that a large result needs no large file. A model's schema is a file in schemas/, named after the
// model's id with `_` for `:` and `@`, and of the shape that Runware publishes: names, bounds, conditions, without
// descriptions. The tests of internal/modelschema, mend and diagnose read them too. The model stands in registry.json, and
// what its page says of prices in documents/, named after its slug.
//
// Beside these it knows tasks by the thousand, which differ in their ids alone: [Cause.ID] makes an id of a cause and a
// number, and the same id always has the same answer. A cause is a file in causes/.
//
// It speaks getTaskDetails and nothing else, and it keeps no state. Start with [Start]; [Config] makes it
// as slow as a real one.
package sandbox
