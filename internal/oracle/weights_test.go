package oracle_test

func optimalWeights() []entry { return nil }
