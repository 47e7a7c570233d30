package kutip_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	kutip "kutip.dev/go"
	"kutip.dev/go/kutipv1"
)

const text = "“Kapal siap,” kata Rini Wulandari."

func textsOf(texts ...string) iter.Seq[*kutipv1.Document] {
	return kutip.Documents(slices.Values(texts))
}

func TestReadsOnlyAsManyTextsAsItNeeds(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	read, given := 0, 0
	endless := func(yield func(*kutipv1.Document) bool) {
		for read++; yield(kutip.Document(text)); read++ {
		}
	}
	for outcome, err := range client.AnnotateAll(context.Background(), endless, nil, kutip.Bulk{BatchSize: 8, InFlight: 2}) {
		if err != nil || outcome.Err != nil {
			t.Fatal(err, outcome.Err)
		}
		given++
		if read > given+3*8 {
			t.Fatalf("%d read for %d given", read, given)
		}
		if given == 200 {
			break
		}
	}
}

func TestTextThatIsNoUnicodeFailsAlone(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	var reasons []string
	for outcome, err := range client.AnnotateAll(context.Background(), textsOf(text, "\xff", text), nil, kutip.Bulk{}) {
		if err != nil {
			t.Fatal(err)
		}
		var failure *kutip.Error
		if errors.As(outcome.Err, &failure) {
			reasons = append(reasons, failure.Reason)
		} else {
			reasons = append(reasons, "")
		}
	}
	if !slices.Equal(reasons, []string{"", "TEXT_NOT_UTF8", ""}) {
		t.Errorf("%q", reasons)
	}
}

func TestWrongOptionsFailTheCall(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	options := &kutipv1.AnnotateOptions{Plugins: []string{"nihil"}}
	for _, err := range client.AnnotateAll(context.Background(), textsOf(text), options, kutip.Bulk{}) {
		if err == nil || !strings.Contains(err.Error(), "PLUGIN_UNKNOWN") {
			t.Errorf("%v", err)
		}
	}
}

func TestServerThatIsKilledAndStartedAgainLosesNoText(t *testing.T) {
	listen := "unix:" + t.TempDir() + "/kutip.sock"
	_, kill := startLive(t, listen)
	client := connect(t, listen)
	outcomes := 0
	var texts []string
	for i := range 300 {
		texts = append(texts, fmt.Sprint(text, i))
	}
	restarted := make(chan struct{})
	for outcome, err := range client.AnnotateAll(context.Background(), textsOf(texts...), nil, kutip.Bulk{BatchSize: 10}) {
		if err != nil || outcome.Err != nil || outcome.Answer.Text != texts[outcomes] {
			t.Fatal(outcomes, err, outcome)
		}
		if outcomes++; outcomes == 50 {
			kill()
			time.AfterFunc(time.Second, func() {
				defer close(restarted)
				startLive(t, listen)
			})
		}
	}
	<-restarted
	if outcomes != 300 {
		t.Errorf("%d outcomes", outcomes)
	}
}

func TestImpatienceIsTold(t *testing.T) {
	client := connect(t, "unix:/nonexistent/kutip.sock")
	for _, err := range client.AnnotateAll(context.Background(), textsOf(text), nil, kutip.Bulk{Patience: time.Second / 2}) {
		var failure *kutip.Error
		if !errors.As(err, &failure) || failure.Reason != "UNAVAILABLE" {
			t.Errorf("%v", err)
		}
	}
}

func TestBatchThatIsTooMuchForACallIsTriedInHalves(t *testing.T) {
	never := -1
	address, server := startScripted(t, []reply{{Status: "CAg=", PushbackMs: &never}}) // RESOURCE_EXHAUSTED without details
	client := connect(t, address)
	for outcome, err := range client.AnnotateAll(context.Background(), textsOf(text, text, text), nil, kutip.Bulk{}) {
		var failure *kutip.Error
		if err != nil || !errors.As(outcome.Err, &failure) || failure.Reason != "RESOURCE_EXHAUSTED" {
			t.Errorf("%v %v", err, outcome.Err)
		}
	}
	if calls := server.calls.Load(); calls != 5 { // three, one, two, one, one
		t.Errorf("%d calls", calls)
	}
}

func TestEndedContextEndsTheIteration(t *testing.T) {
	address, _ := startScripted(t, []reply{{DelayMs: 5000}})
	client := connect(t, address)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	for _, err := range client.AnnotateAll(ctx, textsOf(text), nil, kutip.Bulk{}) {
		if err == nil {
			t.Error("no error")
		}
	}
}
