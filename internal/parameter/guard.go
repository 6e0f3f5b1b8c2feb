package parameter

import (
	"slices"
	"strings"
	"unicode"
)

// Guarded tells the members that no patch touches, whoever asks for it: whose task it is and what kind, where its results
// go, and with which key. A stranger's text may ask for a change of one.
func Guarded(name string) bool {
	folded := Fold(name)
	return isCredential(folded) || isIdentity(folded) || leadsOut(name, folded)
}

func isCredential(folded string) bool {
	if folded == "authorization" {
		return true
	}
	for _, end := range [...]string{"apikey", "accesskey", "secretkey", "privatekey", "token", "secret", "password"} {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	return false
}

// isIdentity tells whose task it is, and which.
func isIdentity(folded string) bool {
	switch folded {
	case "tasktype", "taskuuid", "connectionsessionuuid", "user", "username", "userid", "enduser", "enduserid", "userref", "account", "accountid", "project", "projectid",
		"organization", "organizationid", "orgid", "tenant", "tenantid", "team", "teamid", "workspace", "workspaceid", "customer", "customerid":
		return true
	}
	return false
}

// outwards are the parts of which each word of leadsOut has one.
//
//nolint:gochecknoglobals // a table
var outwards = [...]string{"hook", "callback", "pingback", "endpoint", "bucket", "destination", "notif", "s3", "storage", "url", "uri", "upload", "address", "host"}

// leadsOut tells where results, news or files of the task go or come from, by the words of the name: webhookURL,
// s3Upload, pingback_url, outputBucket; not imageURL, which the user gives to be read.
func leadsOut(name, folded string) bool {
	for _, end := range [...]string{"endpoint", "webhookurl", "webhookuri", "callbackurl", "callbackuri", "notifyurl", "uploadurl", "downloadurl"} {
		if strings.HasSuffix(folded, end) {
			return true
		}
	}
	if !slices.ContainsFunc(outwards[:], func(part string) bool { return strings.Contains(folded, part) }) {
		return false // as nearly all names, which need not be taken apart
	}
	words := wordsOf(name)
	for i, word := range words {
		last := i == len(words)-1
		switch word {
		case "webhook", "webhooks", "hook", "hooks", "callback", "callbacks", "pingback", "endpoint", "bucket", "destination", "notify", "s3":
			return true
		case "storage", "notification", "notifications":
			if last || i == 0 {
				return true
			}
		case "url", "urls", "uri", "upload", "address", "host":
			if last && i > 0 && slices.ContainsFunc(words[:i], isVerbOfTransport) {
				return true
			}
		case "webhookurl", "callbackurl", "notifyurl", "uploadurl", "downloadurl", "uploadendpoint", "puturl", "posturl", "resulturl", "pingbackurl":
			return true
		}
	}
	return false
}

func isVerbOfTransport(word string) bool {
	switch word {
	case "put", "post", "result", "results", "upload", "download", "output", "ping", "redirect", "return", "ack", "target", "delivery", "status", "event", "report", "success", "failure", "send", "push", "store", "save":
		return true
	}
	return false
}

// CountWords is how many words a name is made of.
func CountWords(name string) int { return len(wordsOf(name)) }

// wordsOf takes a name apart at its capitals and separators, in lower case: s3Upload is s3 and upload, putURL put and url,
// APIEndpoint api and endpoint.
func wordsOf(name string) []string {
	runes := []rune(name)
	var words []string
	from := 0
	end := func(to int) {
		if to > from {
			words = append(words, strings.ToLower(string(runes[from:to])))
		}
		from = to
	}
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			end(i)
			from = i + 1
		case i == 0 || !unicode.IsUpper(r):
		case !unicode.IsUpper(runes[i-1]), i+1 < len(runes) && unicode.IsLower(runes[i+1]): // or the last of a run, before a word
			end(i)
		}
	}
	end(len(runes))
	return words
}

// Safeguards tells the members that make a task safer, by whatever name a provider has for them: no patch takes one out,
// changes it or puts one in.
func Safeguards(name string) bool {
	folded := Fold(name)
	for _, part := range [...]string{"safety", "nsfw", "checkcontent", "moderation", "guardrail", "contentfilter"} {
		if strings.Contains(folded, part) {
			return true
		}
	}
	return false
}
