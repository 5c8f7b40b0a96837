package alliance

import "mizan"

// Interval is a standing over many draws.
type Interval struct {
	Draws   int          `json:"draws"`  // that could be built
	Failed  int          `json:"failed"` // that could not
	Low     mizan.Number `json:"low"`    // 5 % of the scores are lower
	Median  mizan.Number `json:"median"`
	High    mizan.Number `json:"high"` // 5 % of the scores are higher
	RankLow int          `json:"rank_low"`
}
