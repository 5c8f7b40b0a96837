package claim

// abbreviations are the single characters by which Chinese newspapers name
// countries, in pairs only: 中美, 日韩.
var abbreviations = map[string]string{
	"中": "CHN", "美": "USA", "俄": "RUS", "日": "JPN", "韩": "KOR", "印": "IND", "德": "DEU", "法": "FRA", "英": "GBR", "越": "VNM", "沙": "SAU", "哈": "KAZ", "伊": "IRN",
	"澳": "AUS", "加": "CAN", "泰": "THA", "马": "MYS", "新": "SGP", "巴": "BRA", "埃": "EGY", "土": "TUR", "荷": "NLD", "意": "ITA", "台": "TWN", "朝": "PRK", "波": "POL",
	"菲": "PHL", "智": "CHL", "墨": "MEX", "以": "ISR", "乌": "UZB", "白": "BLR", "塞": "SRB", "匈": "HUN", "捷": "CZE", "挪": "NOR", "瑞": "CHE", "柬": "KHM", "缅": "MMR",
}

// pairHere says whether two abbreviations stand at a token, and after them a
// word for what two countries have together: 越美关系.
func (l *lexicon) pairHere(tokens []token, i int) (string, bool) {
	if l.language != "zh" || i+3 >= len(tokens) || tokens[i].class != han {
		return "", false
	}
	switch tokens[i+2].key {
	case "两", "双", "关", "贸", "经", "合", "联", "战", "科", "高", "企", "领", "之", "达", "签", "共", "携", "伙", "同", "将":
	default:
		return "", false
	}
	a, b := abbreviations[tokens[i].key], abbreviations[tokens[i+1].key]
	if a == "" || b == "" || a == b {
		return "", false
	}
	switch tokens[i+2].key + tokens[i+3].key {
	case "两国", "双方", "关系", "双边", "贸易", "经贸", "合作", "联合", "战略", "科技", "高层", "企业", "领导", "之间", "达成", "签署", "共建", "共同", "携手", "伙伴", "同意", "将共":
		return a + "+" + b, true
	}
	return "", false
}
