// Package modelschema knows what a model accepts. It asks Runware's public schema service for the JSON Schema of a
// model, keeps it for a while, and holds a recorded task against it.
//
// Start with [New], then [Service.Model] and the questions that a [Model] answers: of a task, [Model.Broken] (which
// conditions it breaks, and what in it makes them apply), [Model.Accepts] and [Model.Unchecked], over what [request.Decode]
// reads; of the schema, [Model.Constraint], [Model.Places] and [Model.Documentation]. [Model.Validate] and [Model.Passes]
// are the older pair for raw tasks: places and their rules, without conditions. What Runware publishes beside schemas is
// [Model.Identity] (registry.go: short names, and ids that nobody has), [Model.Listing] and [Model.Price] (document.go,
// price.go: the page of the model).
//
// Conditions are values (`schema.Condition`); nothing here makes a sentence of one. How they are found: explain.go walks
// the validator's errors, why.go says why a part of the schema accepts or refuses a value, cause.go asks the validator
// which conditions vanish with a member.
//
// It refuses to be a reason for failure. Whatever the service or a schema does, a caller gets either a [Model] or nil,
// and gets it in time. It also refuses to guess: where a schema leaves a doubt (variants that disagree, a $ref to
// another document, a pattern that Go cannot read) the schema is taken as weaker, so that a violation is one in every
// reading of it. The service is told a model's id and nothing else.
//
// Source: https://schemas.runware.ai/resolve/<model id>, as Runware's own SDK uses it; JSON Schema draft 2019-09.
package modelschema
