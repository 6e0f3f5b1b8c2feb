package main

import (
	"net"
	"net/http"
	"strings"
	"time"

	"mcp-taskdetails/schema"
)

// fault is one way in which the world can fail a lookup, and what the report has to say of it.
type fault struct {
	name    string
	api     http.HandlerFunc // how the API answers for badID; nil if there is none at url
	url     string           // where the API is, if api is nil
	timeout string           // Default is the program's own

	want  verdict
	again bool   // whether the question is asked more than once
	says  string // part of the report
}

// verdict is what a report comes down to.
type verdict struct {
	status   schema.Status
	category schema.Category
	retry    schema.Retry
}

var (
	fine        = verdict{schema.StatusSucceeded, schema.CategoryNone, schema.RetryNo}
	missing     = verdict{schema.StatusNotFound, schema.CategoryNotFound, schema.RetryAfterDecision}
	refused     = verdict{schema.StatusUnavailable, schema.CategoryAuthentication, schema.RetryAfterDecision}
	forbidden   = verdict{schema.StatusUnavailable, schema.CategoryPermission, schema.RetryAfterDecision}
	unpaid      = verdict{schema.StatusUnavailable, schema.CategoryBilling, schema.RetryAfterDecision}
	malformed   = verdict{schema.StatusUnavailable, schema.CategoryInvalidParameter, schema.RetryAfterDecision}
	limited     = verdict{schema.StatusUnavailable, schema.CategoryRateLimit, schema.RetryAfterWait}
	late        = verdict{schema.StatusUnavailable, schema.CategoryTimeout, schema.RetryAsIs}
	overloaded  = verdict{schema.StatusUnavailable, schema.CategoryCapacity, schema.RetryAfterWait}
	broken      = verdict{schema.StatusUnavailable, schema.CategoryInternal, schema.RetryAfterWait}
	lasting     = verdict{schema.StatusUnavailable, schema.CategoryInternal, schema.RetryNo} // the same reply would come again
	provider    = verdict{schema.StatusUnavailable, schema.CategoryProviderFailure, schema.RetryAfterWait}
	untold      = verdict{schema.StatusUnknown, schema.CategoryUnknown, schema.RetryNo}
	unreachable = verdict{schema.StatusUnavailable, schema.CategoryNetwork, schema.RetryAfterWait}
)

const page = "<!DOCTYPE html><html><body>sorry</body></html>"

// faults is the table. elsewhere is another server, which must never be asked.
func faults(elsewhere, selfSigned, plain string) []fault {
	good := envelope(item(badID, 0))
	notFound := failure("taskNotFound", "No task found for the provided 'taskUUID'.")
	credits := failure("insufficientCredits", "Insufficient available balance.")
	stranger := item(otherID, 0)
	in2Minutes := time.Now().Add(2 * time.Minute).UTC().Format(http.TimeFormat)
	return []fault{
		// Statuses with a reply of Runware.
		{name: "400 envelope", api: answer(400, failure("invalidRequest", "The request is invalid.")), want: malformed},
		{name: "401 envelope", api: answer(401, failure("invalidApiKey", "Invalid API key.")), want: refused, says: "RUNWARE_API_KEY"},
		{name: "402 envelope", api: answer(402, credits), want: unpaid, says: "my.runware.ai/wallet"},
		{name: "403 envelope", api: answer(403, failure("insufficientPermissions", "Not allowed.")), want: forbidden},
		{name: "404 envelope", api: answer(404, notFound), want: missing, says: "imageUUID"},
		{name: "408 envelope", api: answer(408, failure("requestTimeout", "Too slow.")), want: late, again: true},
		{name: "429 envelope", api: answer(429, failure("rateLimitExceeded", "Too many requests.")), want: limited, again: true},
		{name: "500 envelope", api: answer(500, failure("internalServerError", "Oh.")), want: broken, again: true},
		{name: "502 envelope", api: answer(502, failure("providerBadGateway", "Oh.")), want: provider, again: true},
		{name: "503 envelope", api: answer(503, failure("serviceUnavailable", "Oh.")), want: overloaded, again: true},
		{name: "504 envelope", api: answer(504, failure("providerGatewayTimeout", "Oh.")), want: late, again: true},
		// Statuses of proxies and of wrong paths.
		{name: "400 HTML", api: answer(400, page), want: broken, says: "text/html instead of JSON"},
		{name: "401 HTML", api: answer(401, page), want: refused},
		{name: "402 HTML", api: answer(402, page), want: unpaid},
		{name: "403 HTML", api: answer(403, page), want: forbidden},
		{name: "404 HTML", api: answer(404, page), want: broken, says: "HTTP 404 with text/html"},
		{name: "407 HTML", api: answer(407, page), want: unreachable},
		{name: "408 empty", api: answer(408, ""), want: late, again: true},
		{name: "429 empty", api: answer(429, ""), want: limited, again: true},
		{name: "500 HTML", api: answer(500, page), want: broken, again: true},
		{name: "502 HTML", api: answer(502, page), want: broken, again: true, says: "HTTP 502 with text/html"},
		{name: "503 empty", api: answer(503, ""), want: overloaded, again: true},
		{name: "504 HTML", api: answer(504, page), want: late, again: true},
		// A pause that is asked for.
		{name: "429 wait 1 s, then good", api: once(answer(429, "", "Retry-After", "1")), want: fine, again: true},
		{name: "429 wait 120 s", api: answer(429, "", "Retry-After", "120"), want: limited, says: "Wait 2m0s"},
		{name: "429 wait until a date", api: answer(429, "", "Retry-After", in2Minutes), want: limited, says: "Wait 1m"},
		{name: "503 wait nonsense", api: answer(503, "", "Retry-After", "soon"), want: overloaded, again: true, says: "Wait a little"},
		// Status, content type and body at odds.
		{name: "200 with errors", api: answer(200, notFound), want: missing},
		{name: "200 unpaid", api: answer(200, credits), want: unpaid},
		{name: "400 unpaid", api: answer(400, credits), want: unpaid},
		{name: "500 with the task", api: answer(500, good), want: fine},
		{name: "404 with the task", api: answer(404, good), want: fine},
		{name: "task as HTML", api: answer(200, good, "Content-Type", "text/html"), want: fine},
		{name: "task without a type", api: answer(200, good, "Content-Type", ""), want: fine},
		{name: "200 HTML", api: answer(200, page), want: broken, says: "HTTP 200 with text/html"},
		{name: "200 HTML as JSON", api: answer(200, page, "Content-Type", "application/json"), want: broken, says: "text that is not JSON"},
		{name: "200 empty", api: answer(200, ""), want: broken, says: "an empty body"},
		{name: "204", api: answer(204, ""), want: broken},
		{name: "errors without an id", api: answer(400, `{"errors":[{"code":"taskNotFound","message":"No task found."}]}`), want: missing},
		{name: "errors for another", api: answer(400, strings.ReplaceAll(notFound, badID, otherID)), want: broken},
		{name: "errors of 2024", api: answer(401, `{"error":true,"errorMessage":"Invalid API key","errorId":19}`), want: refused},
		{name: "error as text", api: answer(500, `{"error":"it broke"}`), want: broken, again: true},
		// JSON that is no reply.
		{name: "truncated", api: answer(200, good[:len(good)/2]), want: broken, says: "breaks off"},
		{name: "broken", api: answer(200, `{"data":[{"taskUUID":oops}]}`), want: lasting, says: "broken JSON"},
		{name: "number", api: answer(200, "42", "Content-Type", "application/json"), want: broken},
		{name: "string", api: answer(200, `"no"`, "Content-Type", "application/json"), want: broken},
		{name: "null", api: answer(200, "null", "Content-Type", "application/json"), want: broken},
		{name: "empty object", api: answer(200, "{}"), want: broken},
		{name: "empty array", api: answer(200, "[]"), want: broken},
		{name: "empty data", api: answer(200, `{"data":[]}`), want: broken, says: "neither an answer nor an error"},
		{name: "null data", api: answer(200, `{"data":null}`), want: broken},
		{name: "two values", api: answer(200, good+good), want: broken, says: "more than one JSON value"},
		{name: "nested 100,000 deep", api: answer(200, strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)), want: lasting, says: "nested"},
		{name: "broken UTF-8", api: answer(200, strings.Replace(good, "a boat", "a \xff\xfeboat", 1)), want: fine, says: "is not valid UTF-8"},
		// Replies that need care.
		{name: "data as an object", api: answer(200, `{"data":`+item(badID, 0)+`}`), want: fine},
		{name: "two answers", api: answer(200, envelope(item(badID, 0), strings.Replace(item(badID, 0), "a boat", "a shoe", 1))), want: fine, says: "a boat"},
		{name: "foreign answers", api: answer(200, envelope(stranger, stranger)), want: broken, says: "neither an answer nor an error"},
		{name: "foreign and right", api: answer(200, envelope(stranger, item(badID, 0), stranger)), want: fine},
		{name: "id in capitals", api: answer(200, strings.ReplaceAll(good, badID, strings.ToUpper(badID))), want: fine},
		{name: "wrong taskType", api: answer(200, strings.Replace(good, "getTaskDetails", "imageInference", 1)), want: broken, says: "no getTaskDetails answer"},
		{name: "response null", api: answer(200, envelope(`{"taskType":"getTaskDetails","taskUUID":"`+badID+`","request":[{}],"response":null}`)), want: untold},
		{name: "response as text", api: answer(200, envelope(`{"taskType":"getTaskDetails","taskUUID":"`+badID+`","request":[{}],"response":"gateway down"}`)), want: untold},
		{name: "gzip", api: zipped(0), want: fine},
		{name: "gzip bomb", api: zipped(200 << 20), want: lasting, says: "exceeds 64 MiB"},
		{name: "gzip that is none", api: answer(200, good, "Content-Encoding", "gzip"), want: broken, says: "compressed wrongly"},
		{name: "10 MB", api: large(10_000_000, true), want: fine, says: `"reason":"size"`},
		{name: "10 MB unannounced", api: large(10_000_000, false), want: fine},
		{name: "100 MB", api: large(100_000_000, true), want: lasting, says: "exceeds 64 MiB"},
		{name: "100 MB unannounced", api: large(100_000_000, false), want: lasting, says: "exceeds 64 MiB"},
		// Connections.
		{name: "hang before headers", api: hang, timeout: "700ms", want: late, says: "no answer within 700ms"},
		{name: "slow drip", api: drip, timeout: "700ms", want: late, says: "no answer within 700ms"},
		{name: "closed before headers", api: bytesOf(""), want: unreachable, again: true},
		{name: "reset before headers", api: bytesOf("RESET"), want: unreachable, again: true},
		{name: "closed in the body, then good", api: once(bytesOf("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + good)), want: fine, again: true},
		{name: "reset in the body", api: bytesOf("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + good + "RESET"), want: unreachable, again: true, says: "broke off"},
		{name: "chunk breaks off", api: bytesOf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" + good), want: unreachable, again: true, says: "broke off"},
		{name: "HTTP/1.0", api: bytesOf("HTTP/1.0 200 OK\r\n\r\n" + good), want: fine},
		{name: "HTTP/1.0 breaks off", api: bytesOf("HTTP/1.0 200 OK\r\n\r\n" + good[:100]), want: broken, says: "breaks off"},
		{name: "103 before the task", api: informed, want: fine},
		{name: "103 without end", api: bytesOf(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 100_000)), want: unreachable, again: true},
		{name: "101", api: bytesOf("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"), want: broken},
		{name: "not HTTP", api: bytesOf("SSH-2.0-OpenSSH\r\n"), want: unreachable, again: true},
		{name: "huge header", api: answer(200, good, "X-Large", strings.Repeat("x", 2<<20)), want: unreachable, again: true},
		{name: "redirect within", api: moved, want: fine, again: true},
		{name: "redirect elsewhere", api: redirect(elsewhere), want: unreachable, says: "redirect"},
		{name: "redirect loop", api: redirect("/v1"), want: unreachable, again: true, says: "redirect"},
		{name: "redirect to nowhere", api: answer(307, ""), want: broken},
		{name: "TLS, self-signed", url: selfSigned, want: unreachable, says: "certificate"},
		{name: "no TLS", url: strings.Replace(plain, "http:", "https:", 1), want: unreachable, says: "TLS"},
		{name: "no such host", url: "https://api..invalid/v1", want: unreachable, says: "does not resolve"}, // refused by the resolver itself
		{name: "connection refused", url: closedPort(), want: unreachable, says: "no connection"},
		// A server that repeats the key wherever it can.
		{name: "key in a message", api: answer(401, failure("invalidApiKey", "refused: "+keyForms())), want: refused, says: "refused: [redacted]"},
		{name: "key in a code", api: answer(400, failure(keyForms(), "no")), want: malformed},
		{name: "key in the names", api: answer(400, `{"errors":[{"code":"invalidThing","`+keyForms()+`":"`+keyForms()+`","parameter":["`+keyForms()+`"],"documentation":"https://h.example.com/?key=`+faultKey+`"}]}`), want: malformed},
		{name: "key in a page", api: answer(502, page+keyForms(), "Server", faultKey, "Content-Type", "text/"+faultKey), want: broken, again: true},
		{name: "key in the status", api: bytesOf("HTTP/1.1 " + keyForms() + "\r\n\r\n"), want: unreachable, again: true},
		{name: "key in a redirect", api: redirect(elsewhere + "?key=" + faultKey), want: unreachable},
		{name: "key in the task", api: answer(200, strings.Replace(good, "a boat", keyForms(), 1)), want: fine, says: "[redacted]"},
		{name: "key in JSON in a string", api: answer(200, strings.Replace(good, "a boat", `{\"x\":\"`+strings.ReplaceAll(faultKey, "/", `\\/`)+`\"}`, 1)), want: fine, says: "[redacted]"},
	}
}

// closedPort is an endpoint that nobody listens at.
func closedPort() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	return "http://" + listener.Addr().String() + "/v1"
}
