package mizan

// Status says what kind of figure an observation is.
type Status uint8

// The statuses. Observed is the default; a project may mark its own rows as
// Estimated or Provisional. StandIn is set by the reference-year rule when a
// later year stands in; StructuralZero when the indicator's rule says that no
// record means none; Edited when the project file gives a figure in place of
// the data's; Missing when there is no value at all.
const (
	Missing Status = iota
	Observed
	Estimated
	Provisional
	StandIn
	StructuralZero
	Edited
)

var statusNames = [...]string{"missing", "observed", "estimated", "provisional", "stand-in", "structural-zero", "edited"}

// String gives the name used in data files and output.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return "unknown"
}

// ParseStatus reads a name used in data files; "" is Observed.
func ParseStatus(name string) (Status, bool) {
	if name == "" {
		return Observed, true
	}
	for i, n := range statusNames {
		if n == name {
			return Status(i), true
		}
	}
	return Missing, false
}

// StatusNames lists the names of all statuses, for messages.
func StatusNames() []string { return statusNames[:] }

// Cell is the provenance of one value of the raw panel: which year's figure
// stands there, its status, its origin and the line it was read from.
type Cell struct {
	Year   int16  // year of the figure used, which may differ from the panel's year; 0 if missing
	Origin uint16 // index into Panel.Origins
	File   uint8  // index into Panel.Files
	Status Status
	Line   int32 // line in the file, from 1; 0 if none
}

// Origin says who published a figure, under which licence, where and when.
type Origin struct {
	Code      string `json:"code" yaml:"code"`
	Publisher string `json:"publisher" yaml:"publisher"`
	Title     string `json:"title" yaml:"title"`
	Licence   string `json:"licence" yaml:"licence"`
	URL       string `json:"url" yaml:"url"`
	Year      int    `json:"year,omitempty" yaml:"year"` // of publication or of the vintage
	Note      string `json:"note,omitempty" yaml:"note"` // how the figures came here, cautions
	// NoRedistribution says that the licence does not let others publish the figures
	// again.
	NoRedistribution bool `json:"no_redistribution,omitempty" yaml:"-"`
}

// Unit is what is scored, with its names and the groups it belongs to.
type Unit struct {
	Code   string            `json:"code"`
	Name   Text              `json:"name,omitempty"`
	Groups map[string]string `json:"groups,omitempty"` // group variable -> label, e.g. income -> "High income"
}

// Panel is the raw data of a build: values on units x codes x years with the
// provenance of each, and what is known of the units. Provenance is found by
// coordinate: Cells runs parallel to Values.
type Panel struct {
	Table
	Cells []Cell // parallel to Table.Values
	// SDs are the standard deviations of the figures where the data give them,
	// parallel to Table.Values, NaN where they do not; nil if they give none.
	SDs     []float64
	Origins []Origin // Cell.Origin points here; entry 0 is the empty origin
	Files   []string // Cell.File points here
	Info    []Unit   // parallel to Table.Units
}

// Cell returns the provenance at positions year y, code c, unit u.
func (p *Panel) Cell(y, c, u int) Cell {
	return p.Cells[(y*len(p.Codes)+c)*len(p.Units)+u]
}

// Group returns the label of every unit in a group variable ("" where a unit
// has none), and whether any unit has one.
func (p *Panel) Group(name string) (labels []string, known bool) {
	labels = make([]string, len(p.Info))
	for i, u := range p.Info {
		labels[i] = u.Groups[name]
		known = known || labels[i] != ""
	}
	return labels, known
}
