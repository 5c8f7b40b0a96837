package claim

// carried says whether the only year of a sentence, the k-th quantity, is that of the
// i-th too, though it stands further off.
func (s *sentence) carried(f *found, i, k int) bool {
	y := &s.found[k]
	switch {
	case !y.year || y.base || y.day || s.otherClause(f, y) || s.claimed(i, k) || s.ofJoining(f, y) || s.startOf(y.at):
		return false
	case s.capitals() && s.starts(f) && s.blocked(i, k):
		return false
	case !s.arabic():
		return true
	}
	return !s.providedThat(f.to, y.from) && (!s.starts(f) || !s.marks[max(y.at-1, 0)].cue(cueUntil))
}
