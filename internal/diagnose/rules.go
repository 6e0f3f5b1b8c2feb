package diagnose

import (
	"mcp-taskdetails/schema"
)

// rule explains one kind of error. It reads the case and never changes it; what it finds are values.
type rule struct {
	name    string
	when    func(c *oneCase) bool            // whether the error is of this kind, by what it says
	explain func(c *oneCase) (finding, bool) // false where nothing that it could say is proved: the next rule speaks
	heard   bool                             // also speaks about a provider's words
}

// rules lists the rules from the specific to the general. The last one always answers.
func rules() []rule {
	return []rule{
		{"misleading-model", blamesModel, explainMisleadingModel, false},
		{"breach", saysNothing, explainByBreach, false},
		{"provider-content", fromProvider, explainProvider, false},
		{"shared-id", sharesID, explainSharedID, false},
		{"settled-code", isSettled, explainSettledCode, false},
		{"task-type", namesTaskType, explainTaskType, false},
		{"files-differ", filesDiffer, explainComplaint, false},
		{"duplicate", saysTwice, explainTwin, false},
		{"depends", aboutValues, explainDependent, false},
		{"conflict", excludesParameters, explainConflict, true},
		{"schema", schemaReasons, explainBySchema, false},
		{"missing", asksForMore, explainMissing, true},
		{"dimensions", aboutValues, explainDimensions, true},
		{"relation", aboutValues, explainRelation, true},
		{"product", aboutValues, explainProduct, true},
		{"unsupported-name", refusesName, explainUnsupportedName, true},
		{"unreadable-media", blamesMedia, explainUnreadable, true},
		{"rule", statesRule, explainRule, true},
		{"media-form", listsMediaForms, explainMediaForm, true},
		{"model-id", namesModel, explainModelID, false},
		{"signal", isOpen, explainSignal, false},
		{"complaint", complains, explainComplaint, false},
		{"schema", schemaExplains, explainBySchema, false},
		{"named", namesParameter, explainNamed, false},
		{"code", hasRow, explainCode, false},
		{"message", always, explainMessage, false},
	}
}

func always(*oneCase) bool { return true }

// explain asks the rules in their order, and says which one answered.
func explain(c *oneCase) (f finding, name string) {
	for _, r := range rules() {
		if !r.when(c) {
			continue
		}
		var ok bool
		if f, ok = r.explain(c); ok { // f is large, and the stack below is deep: one is enough
			return f, r.name
		}
	}
	return f, "" // unreachable: the last rule answers
}

// aboutParameters are the categories whose findings the parameter rules may explain further.
func aboutParameters(category schema.Category) bool {
	switch category {
	case schema.CategoryInvalidParameter, schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter,
		schema.CategoryUnsupportedValue, schema.CategoryConflict, schema.CategoryInputMedia:
		return true
	case schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryRateLimit,
		schema.CategoryCapacity, schema.CategoryContentPolicy, schema.CategoryProviderFailure, schema.CategoryTimeout,
		schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork,
		schema.CategoryUnknown, schema.CategoryNone:
	}
	return false
}
