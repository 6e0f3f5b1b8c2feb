package envelope

import "strings"

// Phase is how far a status says that a task or a part of it has come.
type Phase uint8

// The phases.
const (
	PhaseUnknown Phase = iota // a status that is not known, or none
	PhaseRunning
	PhaseStep // of an upload of a model, which only "ready" ends
	PhaseDone
	PhaseFailed
	PhaseCancelled
)

// PhaseOf reads a status. Source: Runware's task polling, the statuses that its SDKs tolerate, and those of modelUpload
// (sdk-python base.py).
func PhaseOf(status string) Phase {
	switch strings.ToLower(status) {
	case "processing", "queued", "pending", "scheduled", "waiting", "running", "starting", "in_progress", "inprogress":
		return PhaseRunning
	case "validated", "validating", "downloaded", "downloading", "optimized", "optimizing", "optimised", "converted", "converting", "scanned", "stored", "uploaded":
		return PhaseStep
	case "success", "succeeded", "completed", "complete", "done", "ready":
		return PhaseDone
	case "error", "failed", "failure":
		return PhaseFailed
	case "cancelled", "canceled", "aborted", "stopped":
		return PhaseCancelled
	default:
		return PhaseUnknown
	}
}

// Last tells a phase that no other follows.
func (p Phase) Last() bool { return p == PhaseDone || p == PhaseFailed || p == PhaseCancelled }
