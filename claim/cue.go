package claim

import "slices"

// cues are words that tell how the others belong together, as bits.
type cues uint64

// The cues, by their names in the data files.
const (
	cueAfterPlace cues = 1 << iota
	cueAgainst
	cueAhead
	cueAmount
	cueAnd
	cueBecome
	cueBehind
	cueBetween
	cueBloc
	cueBothsides
	cueBy
	cueCooperate
	cueCountry
	cueCovers
	cueCrowd
	cueDeny
	cueFall
	cueFrom
	cueGroup
	cueGrow
	cueIn
	cueInvite
	cueJoin
	cueLately
	cueLeave
	cueLifted
	cueMember
	cueNextyear
	cueNoise
	cueNonmember
	cueNot
	cueOblique
	cueOf
	cueOfbloc
	cueOfthem
	cueOtherbody
	cuePlace
	cuePlan
	cueRank
	cueRefuse
	cueRelative
	cueRespectively
	cueRestrict
	cueSameyear
	cueSay
	cueSelf
	cueSince
	cueSpent
	cueTable
	cueThan
	cueThatis
	cueThrough
	cueTo
	cueUntil
	cueVsoAhead
	cueVsoBehind
	cueVsoFollow
	cueVsoLead
	cueWeakcoop
	cueWhile
	cueWith
	cueWorld
	cueYear
	cueYoy
)

// cueNames are the cues in the order of their bits.
var cueNames = []string{
	"after-place", "against", "ahead", "amount", "and", "become", "behind", "between", "bloc", "bothsides", "by", "cooperate", "country", "covers", "crowd", "deny", "fall", "from", "group", "grow", "in", "invite", "join", "lately", "leave", "lifted", "member", "nextyear", "noise", "nonmember", "not", "oblique", "of", "ofbloc", "ofthem", "otherbody", "place", "plan", "rank", "refuse", "relative", "respectively", "restrict", "sameyear", "say", "self", "since", "spent", "table", "than", "thatis", "through", "to", "until", "vso-ahead", "vso-behind", "vso-follow", "vso-lead", "weakcoop", "while", "with", "world", "year", "yoy",
}

// bitOf is the bit of a cue; 0 if there is none of that name.
func bitOf(name string) cues {
	if i := slices.Index(cueNames, name); i >= 0 {
		return 1 << i
	}
	return 0
}
