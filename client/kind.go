package client

import (
	"net/http"
	"strings"

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

func kindOfCode(e schema.APIError) schema.Category {
	code := strings.ToLower(e.Code)
	has := func(parts ...string) bool {
		for _, part := range parts {
			if strings.Contains(code, part) {
				return true
			}
		}
		return false
	}
	switch {
	case code == "tasknotfound":
		return schema.CategoryNotFound
	case has("credits", "quota", "payment"):
		return schema.CategoryBilling
	case has("ratelimit"):
		return schema.CategoryRateLimit
	case has("permission", "forbidden", "suspended"):
		return schema.CategoryPermission
	case has("apikey", "auth"), e.ErrorID == "19": // 19 is a bad key in the form of 2024
		return schema.CategoryAuthentication
	case has("timeout"):
		return schema.CategoryTimeout
	case has("unavailable", "noavailable"):
		return schema.CategoryCapacity
	case strings.HasPrefix(code, "invalid"), strings.HasPrefix(code, "missing"), strings.HasPrefix(code, "unsupported"):
		return schema.CategoryInvalidParameter
	default:
		return ""
	}
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
	switch kindOfCode(e) { //nolint:exhaustive // every other category may pass
	case schema.CategoryNotFound, schema.CategoryAuthentication, schema.CategoryPermission, schema.CategoryBilling,
		schema.CategoryInvalidParameter:
		return true
	default:
		return false
	}
}
