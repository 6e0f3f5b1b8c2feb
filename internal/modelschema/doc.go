// Package modelschema knows what a model accepts. It asks Runware's public schema service for the JSON Schema of a
// model, keeps it for a while, and holds a recorded task against it.
//
// Start with [New], then [Service.Model] and the three questions a [Model] answers: [Model.Validate],
// [Model.Constraint] and [Model.Documentation].
//
// It refuses to be a reason for failure. Whatever the service or a schema does, a caller gets either a [Model] or nil,
// and gets it in time. It also refuses to guess: where a schema leaves a doubt (variants that disagree, a $ref to
// another document, a pattern that Go cannot read) the schema is taken as weaker, so that a violation is one in every
// reading of it. The service is told a model's id and nothing else.
//
// Source: https://schemas.runware.ai/resolve/<model id>, as Runware's own SDK uses it; JSON Schema draft 2019-09.
package modelschema
