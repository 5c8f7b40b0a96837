package claim

// Verdict is the outcome of checking a claim against a project.
type Verdict struct {
	Outcome string `json:"outcome"`
}
