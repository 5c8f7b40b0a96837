package site

// page is one kind of page: its address, its template, and the view that makes
// what the template shows.
type page struct {
	pattern  string // of net/http, without the method
	template string
	view     func(c *visit) (any, error)
}

// pages lists every page. The last answers to all other addresses.
var pages = []page{
	{"/{$}", "overview", overviewPage},
	{"/ranking", "ranking", rankingPage},
	{"/ranking/page/{page}", "ranking", rankingPage},
	{"/indicator/{code}/page/{page}", "indicator", indicatorPage},
	{"/uncertainty/page/{page}", "uncertainty", uncertaintyPage},
	{"/compare", "compare", comparePage},
	{"/unit/{code}", "unit", unitPage},
	{"/indicator/{code}", "indicator", indicatorPage},
	{"/targets", "targets", targetsPage},
	{"/targets/by/{by}", "targets", targetsPage},
	{"/target/{id}", "target", targetPage},
	{"/scenarios", "scenarios", scenariosPage},
	{"/scenario/{id}", "scenario", scenarioPage},
	{"/alliances", "alliances", alliancesPage},
	{"/alliance", "alliance", alliancePage},
	{"/alliance/{code}", "alliance", alliancePage},
	{"/weigh", "weigh", weighPage},
	{"/map", "map", mapPage},
	{"/map/{code}", "map", mapPage},
	{"/uncertainty", "uncertainty", uncertaintyPage},
	{"/audit", "audit", auditPage},
	{"/network", "network", networkPage},
	{"/network/{ties}", "network", networkPage},
	{"/network/{ties}/{of}", "network", networkPage},
	{"/supply", "supply", supplyPage},
	{"/supply/{table}", "supply", supplyPage},
	{"/methodology", "methodology", methodologyPage},
	{"/data", "data", dataPage},
	{"/about", "about", aboutPage},
	{"/releases", "releases", releasesPage},
	{"/article/{n}", "article", articlePage},
	{"/problems", "problems", problemsPage},
	{"/", "missing", unknownPage},
}
