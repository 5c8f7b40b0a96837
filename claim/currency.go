package claim

// issuers are the countries of currencies whose common name several share: a
// dirham is Emirati or Moroccan, a crown Swedish or Czech.
var issuers = map[string]string{
	"AED": "ARE", "MAD": "MAR", "SAR": "SAU", "QAR": "QAT", "OMR": "OMN", "IRR": "IRN", "YER": "YEM", "BRL": "BRA",
	"KWD": "KWT", "IQD": "IRQ", "JOD": "JOR", "DZD": "DZA", "TND": "TUN", "BHD": "BHR", "LYD": "LBY", "RSD": "SRB",
	"EGP": "EGY", "SDG": "SDN", "GBP": "GBR", "SYP": "SYR", "LBP": "LBN", "TRY": "TUR", "INR": "IND", "PKR": "PAK",
	"LKR": "LKA", "NPR": "NPL", "IDR": "IDN", "SEK": "SWE", "NOK": "NOR", "DKK": "DNK", "ISK": "ISL", "CZK": "CZE",
	"MXN": "MEX", "ARS": "ARG", "CLP": "CHL", "COP": "COL", "PHP": "PHL", "CHF": "CHE", "RWF": "RWA", "KES": "KEN",
	"UGX": "UGA", "TZS": "TZA", "ETB": "ETH", "TWD": "TWN", "CNY": "CHN", "HKD": "HKG", "USD": "USA", "CAD": "CAN",
	"BYN": "BLR", "RUB": "RUS", "AZN": "AZE", "TMT": "TKM", "JPY": "JPN", "KRW": "KOR", "VND": "VNM",
}

// currencies lists what a mark may mean as a currency.
func (m *mark) currencies() []string {
	var list []string
	for _, s := range m.senses {
		if s.class == "currency" {
			list = append(list, s.name)
		}
	}
	return list
}

// issued picks, of the currencies that one name may mean, that of a country;
// the first, which is the one mostly meant, if it has none of them.
func issued(names []string, countries ...string) string {
	for _, c := range countries {
		for _, n := range names {
			if c != "" && issuers[n] == c {
				return n
			}
		}
	}
	return names[0]
}
