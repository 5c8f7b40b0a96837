package stat

// The purposes of the streams that this package draws from itself. They stand
// apart from the small numbers that callers use, so that no two draws share
// their numbers under one seed.
const (
	scrambling uint64 = 1<<63 + iota
	hypercube
	padding
	trajectories
	resampling
	shuffling
)
