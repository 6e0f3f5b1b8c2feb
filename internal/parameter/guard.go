package parameter

import "strings"

// Guarded tells the members that no patch touches, whoever asks for it: whose task it is and what kind, where its results
// go, and with which key. A stranger's text may ask for a change of one.
func Guarded(name string) bool {
	folded := Fold(name)
	switch folded {
	case "webhookurl", "webhook", "uploadendpoint", "uploadurl", "downloadurl", "callbackurl", "callback", "notifyurl", "apikey",
		"authorization", "token", "secret", "password", "tasktype", "taskuuid", "connectionsessionuuid":
		return true
	}
	for _, end := range [...]string{"apikey", "webhookurl", "token", "secret", "password", "endpoint", "callbackurl", "notifyurl"} {
		if strings.HasSuffix(folded, end) && len(folded) > len(end) {
			return true
		}
	}
	return false
}

// Safeguards tells the members that make a task safer: no provider takes them out, and no search switches them off.
func Safeguards(name string) bool {
	switch Fold(name) {
	case "safety", "checknsfw", "checkcontent":
		return true
	default:
		return false
	}
}

// Costs tells the members of which more costs more. Source: the pricing that Runware's models publish, by duration,
// results, steps and resolution.
func Costs(name string) bool {
	switch Fold(name) {
	case "numberresults", "steps", "duration", "resolution", "width", "height", "upscalefactor", "fps", "numframes", "maxtokens":
		return true
	default:
		return false
	}
}
