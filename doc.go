// Package mizan holds the vocabulary that every other package speaks: units,
// codes, panels, observations, origins, findings and problems, as plain types
// without behaviour that needs a clock, a disk or a network.
//
// One word has one meaning. A unit is what is scored (a country, a region, a
// firm). An indicator is a measured series; an aggregate is a node above
// indicators; a code is the key of either. A panel is units x codes x years.
// A missing value is NaN in memory, null in JSON and an empty cell in CSV.
//
// The words follow the Handbook on Constructing Composite Indicators
// (OECD/JRC, 2008).
package mizan
