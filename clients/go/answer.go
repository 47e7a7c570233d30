package kutip

import (
	"fmt"
	"iter"
	"strings"

	"kutip.dev/go/kutipv1"
)

// Answer is an answer beside the text it is about.
type Answer struct {
	// Text as the caller gave it.
	Text string
	// Response is the server's answer; its offsets count bytes of Text.
	Response *kutipv1.AnnotateResponse
}

// Said tells who said what.
type Said struct {
	// Speaker's name; empty if nobody was found.
	Speaker string
	// Text holds the words, without quotation marks, parts of an interrupted quote joined by a space.
	Text string
	// Quote holds everything else that is known.
	Quote *kutipv1.Quote
}

// newAnswer fails if the answer is about another text or counts something else than bytes of UTF-8.
func newAnswer(text string, response *kutipv1.AnnotateResponse) (*Answer, error) {
	if response.GetOffsetUnit() != kutipv1.OffsetUnit_OFFSET_UNIT_UTF8 || int(response.GetTextLength()) != len(text) {
		return nil, fmt.Errorf("kutip: an answer about %d of unit %v for a text of %d bytes",
			response.GetTextLength(), response.GetOffsetUnit(), len(text))
	}
	return &Answer{text, response}, nil
}

// TextOf is the part of the text that a span of the response stands for; empty if the span is nil.
func (a *Answer) TextOf(span *kutipv1.Span) string {
	return a.Text[span.GetBegin():span.GetEnd()]
}

// Said iterates over who said what, in the order of the text.
func (a *Answer) Said() iter.Seq[Said] {
	return func(yield func(Said) bool) {
		for _, quote := range a.Response.GetQuotes() {
			var words []string
			for _, fragment := range quote.GetFragments() {
				words = append(words, a.TextOf(fragment.GetContent()))
			}
			if !yield(Said{quote.GetAttribution().GetSpeakerName(), strings.Join(words, " "), quote}) {
				return
			}
		}
	}
}
