package audit

// KindIDs are the IDs of all findings, in order.
func KindIDs() []string { return sortedKeys(kinds) }
