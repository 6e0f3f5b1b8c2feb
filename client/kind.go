package client

import (
	"net/http"

	"mcp-taskdetails/internal/codes"
	"mcp-taskdetails/schema"
)

// kindOf judges a response. The code speaks before the status, which is no evidence: insufficient credits have come
// with 200, 400 and 402. It is only deep enough to say why a lookup failed; explaining tasks is diagnose's work.
func kindOf(errs []schema.APIError, status int) schema.Category {
	for _, e := range errs {
		if kind := kindOfCode(e); kind != "" {
			return kind
		}
	}
	return kindOfStatus(status, len(errs) > 0)
}

// kindOfCode asks the table of codes. A code so general that only its message could say more says nothing here, unless
// it blames the question.
func kindOfCode(e schema.APIError) schema.Category {
	row := rowOf(e)
	switch row.Category {
	case schema.CategoryMissingParameter, schema.CategoryUnsupportedParameter, schema.CategoryUnsupportedValue, schema.CategoryInvalidParameter:
		return schema.CategoryInvalidParameter
	case schema.CategoryConflict, schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling, schema.CategoryRateLimit,
		schema.CategoryCapacity, schema.CategoryContentPolicy, schema.CategoryProviderFailure, schema.CategoryTimeout, schema.CategoryInputMedia,
		schema.CategoryModelUnavailable, schema.CategoryNotFound, schema.CategoryInternal, schema.CategoryNetwork, schema.CategoryUnknown, schema.CategoryNone:
	}
	if row.General {
		return ""
	}
	return row.Category
}

// rowOf is what the table says of an error; 19 is a bad key in the form of 2024.
func rowOf(e schema.APIError) codes.Row {
	if e.ErrorID == "19" {
		return codes.For("invalidApiKey")
	}
	return codes.For(e.Code)
}

// kindOfStatus judges a status. Those that any proxy or wrong path gives say something about the question only when an
// API error came along.
func kindOfStatus(status int, fromAPI bool) schema.Category {
	switch status {
	case http.StatusUnauthorized:
		return schema.CategoryAuthentication
	case http.StatusPaymentRequired:
		return schema.CategoryBilling
	case http.StatusForbidden:
		return schema.CategoryPermission
	case http.StatusProxyAuthRequired:
		return schema.CategoryNetwork
	case http.StatusRequestTimeout, http.StatusGatewayTimeout:
		return schema.CategoryTimeout
	case http.StatusTooManyRequests:
		return schema.CategoryRateLimit
	case http.StatusServiceUnavailable:
		return schema.CategoryCapacity
	}
	switch {
	case !fromAPI || status < 400 || status > 499:
		return schema.CategoryInternal
	case status == http.StatusNotFound:
		return schema.CategoryNotFound
	default:
		return schema.CategoryInvalidParameter
	}
}

// settles tells whether an error is the answer, whatever the status: asking again would not change it.
func settles(e schema.APIError) bool {
	retry := rowOf(e).Retry
	return kindOfCode(e) != "" && (retry == schema.RetryAfterDecision || retry == schema.RetryNo)
}
