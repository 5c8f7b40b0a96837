// Package stat holds numeric kernels on []float64 in which NaN means missing:
// moments, quantiles, ranks, correlation. Nothing here knows of units or
// indicators.
package stat
