package kutip

import (
	"context"
	"errors"
	"iter"
	"time"

	"google.golang.org/grpc/codes"

	"kutip.dev/go/kutipv1"
)

const (
	batchBytes  = 1 << 20 // of UTF-8; one text that is larger travels alone
	longestWait = 2 * time.Second
)

// Bulk says how AnnotateAll works. Fields that are 0 have their default.
type Bulk struct {
	// BatchSize is the most documents in a batch: 64.
	BatchSize int
	// InFlight is how many batches are on their way at a time: 4.
	InFlight int
	// Patience is how long a batch waits for a server that is away or has no room: 60 s.
	Patience time.Duration
	// Timeout is for one call with all of its retries: Client.Timeout.
	Timeout time.Duration
}

// Outcome tells what became of one text among several.
type Outcome struct {
	// Document as it was sent.
	Document *kutipv1.Document
	// Answer is nil if there is an error.
	Answer *Answer
	// Err tells why there is no answer.
	Err error
}

// Documents makes documents of texts.
func Documents(texts iter.Seq[string]) iter.Seq[*kutipv1.Document] {
	return func(yield func(*kutipv1.Document) bool) {
		for text := range texts {
			if !yield(Document(text)) {
				return
			}
		}
	}
}

// AnnotateAll annotates texts in batches, several times as many a second as single calls do. It yields one outcome a text, in
// order. It holds at most bulk.InFlight + 1 batches in memory, however many texts come. A text that cannot be annotated fails
// alone, in its outcome. An error beside the outcome ends the iteration: the context is over, the options are wrong, or the
// server stayed away for bulk.Patience. options may be nil.
func (c *Client) AnnotateAll(ctx context.Context, documents iter.Seq[*kutipv1.Document], options *kutipv1.AnnotateOptions,
	bulk Bulk) iter.Seq2[Outcome, error] {
	return func(yield func(Outcome, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		calls := &batchCalls{client: c, options: inBytes(options), bulk: bulk.withDefaults(c)}
		var pending []chan batchResult
		// next yields the outcomes of the oldest batch; false ends the iteration.
		next := func() bool {
			result := <-pending[0]
			pending = pending[1:]
			for _, outcome := range result.outcomes {
				if !yield(outcome, nil) {
					return false
				}
			}
			if result.err != nil {
				yield(Outcome{}, result.err)
			}
			return result.err == nil
		}
		for batch := range batches(documents, calls.bulk.BatchSize) {
			if len(pending) == calls.bulk.InFlight && !next() {
				return
			}
			done := make(chan batchResult, 1)
			pending = append(pending, done)
			go func() {
				outcomes, err := calls.annotate(ctx, batch)
				done <- batchResult{outcomes, err}
			}()
		}
		for len(pending) > 0 {
			if !next() {
				return
			}
		}
	}
}

type batchResult struct {
	outcomes []Outcome
	err      error
}

func (b Bulk) withDefaults(c *Client) Bulk {
	if b.BatchSize <= 0 {
		b.BatchSize = 64
	}
	if b.InFlight <= 0 {
		b.InFlight = 4
	}
	if b.Patience <= 0 {
		b.Patience = 60 * time.Second
	}
	if b.Timeout <= 0 {
		b.Timeout = c.Timeout
	}
	return b
}

func batches(documents iter.Seq[*kutipv1.Document], size int) iter.Seq[[]*kutipv1.Document] {
	return func(yield func([]*kutipv1.Document) bool) {
		var batch []*kutipv1.Document
		bytes := 0
		for document := range documents {
			more := len(document.GetUtf8()) + len(document.GetText())
			if len(batch) == size || (len(batch) > 0 && bytes+more > batchBytes) {
				if !yield(batch) {
					return
				}
				batch, bytes = nil, 0
			}
			batch, bytes = append(batch, document), bytes+more
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// batchCalls calls BatchAnnotate, again while the server is away, and in halves if a batch is too much for one call.
type batchCalls struct {
	client  *Client
	options *kutipv1.AnnotateOptions
	bulk    Bulk
}

func (b *batchCalls) annotate(ctx context.Context, documents []*kutipv1.Document) ([]Outcome, error) {
	end := time.Now().Add(b.bulk.Patience)
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, longestWait) {
		response, err := b.once(ctx, documents)
		if err == nil {
			return outcomes(documents, response)
		}
		var failure *Error
		if ctx.Err() != nil || !errors.As(err, &failure) {
			return nil, err
		}
		pause := max(wait, failure.RetryDelay)
		away := failure.Code == codes.Unavailable || failure.RetryDelay > 0
		if !away || time.Now().Add(pause).After(end) {
			return b.inHalves(ctx, documents, failure)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func (b *batchCalls) once(ctx context.Context, documents []*kutipv1.Document) (*kutipv1.BatchAnnotateResponse, error) {
	ctx, cancel := context.WithTimeout(ctx, b.bulk.Timeout)
	defer cancel()
	request := &kutipv1.BatchAnnotateRequest{Documents: documents, Options: b.options}
	response, err := b.client.Stub.BatchAnnotate(ctx, request)
	return response, errorOfCall(err)
}

// inHalves tries again what took too long or had too large an answer; a single text fails alone.
func (b *batchCalls) inHalves(ctx context.Context, documents []*kutipv1.Document, failure *Error) ([]Outcome, error) {
	tooMuch := failure.Code == codes.DeadlineExceeded || failure.Code == codes.ResourceExhausted
	if !tooMuch || failure.RetryDelay > 0 {
		return nil, failure
	}
	if len(documents) == 1 {
		return []Outcome{{Document: documents[0], Err: failure}}, nil
	}
	half := len(documents) / 2
	first, err := b.annotate(ctx, documents[:half])
	if err != nil {
		return nil, err
	}
	second, err := b.annotate(ctx, documents[half:])
	return append(first, second...), err
}

func outcomes(documents []*kutipv1.Document, response *kutipv1.BatchAnnotateResponse) ([]Outcome, error) {
	if len(response.GetResults()) != len(documents) {
		return nil, errors.New("kutip: the batch has another number of results than of documents")
	}
	all := make([]Outcome, len(documents))
	for i, result := range response.GetResults() {
		all[i].Document = documents[i]
		if result.GetResponse() == nil {
			all[i].Err = errorOfText(result.GetError())
			continue
		}
		answer, err := newAnswer(textOf(documents[i]), result.GetResponse())
		if err != nil {
			return nil, err
		}
		all[i].Answer = answer
	}
	return all, nil
}
