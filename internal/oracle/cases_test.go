package oracle_test

func unitCases() []entry { return nil }
