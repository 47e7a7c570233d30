package kutip_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"
	"unicode/utf16"

	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	kutip "kutip.dev/go"
	"kutip.dev/go/kutipv1"
)

// The cases that every client runs: clients/conformance/cases.json.
type conformance struct {
	Texts []struct {
		Name, Text    string
		Length        map[string]int
		Organizations []string
		Said          []struct {
			Speaker, Words string
			Span           map[string][2]int
		}
	}
	Errors []struct {
		Name    string
		Request json.RawMessage
		Error   errorCase
	}
	Batch struct {
		Documents []json.RawMessage
		Outcomes  []struct {
			Speakers []string
			Reason   string
		}
	}
	Scripted []struct {
		Name         string
		Replies      []reply
		Calls        int
		AtLeastMs    int `json:"at_least_ms"`
		TimeoutMs    int `json:"timeout_ms"`
		Error        *errorCase
		DocumentID   string `json:"document_id"`
		SpeakerKinds []int  `json:"speaker_kinds"`
		QuoteForms   []int  `json:"quote_forms"`
		UnknownField []byte `json:"unknown_field"`
	}
}

type errorCase struct {
	Code, Reason, Field string
	Metadata            map[string]string
	RetryDelayMs        int `json:"retry_delay_ms"`
}

func cases(t *testing.T) (all conformance) {
	t.Helper()
	file, err := os.ReadFile(root + "/clients/conformance/cases.json")
	if err := errors.Join(err, json.Unmarshal(file, &all)); err != nil {
		t.Fatal(err)
	}
	return all
}

func connect(t *testing.T, server string) *kutip.Client {
	t.Helper()
	client, err := kutip.NewClient(server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// spansOf are all spans of a message, wherever in it they are.
func spansOf(message protoreflect.Message) (spans []*kutipv1.Span) {
	if span, ok := message.Interface().(*kutipv1.Span); ok {
		return []*kutipv1.Span{span}
	}
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		switch {
		case field.Message() == nil || field.IsMap():
		case field.IsList():
			for i := range value.List().Len() {
				spans = append(spans, spansOf(value.List().Get(i).Message())...)
			}
		default:
			spans = append(spans, spansOf(value.Message())...)
		}
		return true
	})
	return spans
}

func speakers(answer *kutip.Answer) []string {
	names := []string{}
	for said := range answer.Said() {
		names = append(names, said.Speaker)
	}
	return names
}

func expectError(t *testing.T, err error, expected errorCase) {
	t.Helper()
	var failure *kutip.Error
	if !errors.As(err, &failure) {
		t.Fatalf("not a kutip.Error: %v", err)
	}
	if code.Code(failure.Code).String() != expected.Code || failure.Reason != expected.Reason {
		t.Errorf("%v %s, expected %s %s", failure.Code, failure.Reason, expected.Code, expected.Reason)
	}
	for key, value := range expected.Metadata {
		if failure.Metadata[key] != value {
			t.Errorf("metadata %s = %q, expected %q", key, failure.Metadata[key], value)
		}
	}
	if field := ""; len(failure.Fields) > 0 {
		field = failure.Fields[0].Field
		if field != expected.Field {
			t.Errorf("field %q, expected %q", field, expected.Field)
		}
	} else if expected.Field != "" {
		t.Errorf("no field, expected %q", expected.Field)
	}
	if expected.RetryDelayMs != 0 && failure.RetryDelay != time.Duration(expected.RetryDelayMs)*time.Millisecond {
		t.Errorf("retry delay %v, expected %d ms", failure.RetryDelay, expected.RetryDelayMs)
	}
}

func TestServiceConfigIsThatOfAllClients(t *testing.T) {
	own, err := os.ReadFile("service_config.json")
	common, err2 := os.ReadFile(root + "/clients/service_config.json")
	if errors.Join(err, err2) != nil || !bytes.Equal(own, common) {
		t.Error("clients/go/service_config.json is not a copy of clients/service_config.json")
	}
}

func TestWhoSaidWhatInOwnStrings(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	for _, each := range cases(t).Texts {
		t.Run(each.Name, func(t *testing.T) {
			answer, err := client.Annotate(context.Background(), each.Text, &kutipv1.AnnotateOptions{IncludeText: true})
			if err != nil {
				t.Fatal(err)
			}
			if int(answer.Response.TextLength) != len(each.Text) {
				t.Errorf("text_length %d, own length %d", answer.Response.TextLength, len(each.Text))
			}
			i := 0
			for said := range answer.Said() {
				expected := each.Said[i]
				if said.Speaker != expected.Speaker || answer.TextOf(said.Quote.Span) != expected.Words || said.Text != said.Quote.Text {
					t.Errorf("%q said %q (%q), expected %q, %q", said.Speaker, answer.TextOf(said.Quote.Span), said.Text,
						expected.Speaker, expected.Words)
				}
				i++
			}
			organizations := []string{}
			for _, organization := range answer.Response.Organizations {
				organizations = append(organizations, organization.Name)
			}
			if i != len(each.Said) || !slices.Equal(organizations, each.Organizations) {
				t.Errorf("%d quotes, organizations %q", i, organizations)
			}
			for _, span := range spansOf(answer.Response.ProtoReflect()) {
				if answer.TextOf(span) != span.Text {
					t.Errorf("own slice %q, named text %q", answer.TextOf(span), span.Text)
				}
			}
		})
	}
}

// units tell the length of a text in a unit, and how it is cut.
var units = map[string]func(text string) (length int, cut func(begin, end uint32) string){
	"OFFSET_UNIT_UTF8": func(text string) (int, func(begin, end uint32) string) {
		return len(text), func(begin, end uint32) string { return text[begin:end] }
	},
	"OFFSET_UNIT_UTF16": func(text string) (int, func(begin, end uint32) string) {
		own := utf16.Encode([]rune(text))
		return len(own), func(begin, end uint32) string { return string(utf16.Decode(own[begin:end])) }
	},
	"OFFSET_UNIT_CODE_POINT": func(text string) (int, func(begin, end uint32) string) {
		own := []rune(text)
		return len(own), func(begin, end uint32) string { return string(own[begin:end]) }
	},
}

func TestSlicesInEveryUnit(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	for _, each := range cases(t).Texts {
		for unit, own := range units {
			t.Run(each.Name+"/"+unit, func(t *testing.T) {
				length, cut := own(each.Text)
				response, err := client.Stub.Annotate(context.Background(), &kutipv1.AnnotateRequest{
					Document: &kutipv1.Document{Source: &kutipv1.Document_Text{Text: each.Text}},
					Options:  &kutipv1.AnnotateOptions{OffsetUnit: kutipv1.OffsetUnit(kutipv1.OffsetUnit_value[unit]), IncludeText: true},
				})
				if err != nil {
					t.Fatal(err)
				}
				if int(response.TextLength) != length || length != each.Length[unit] {
					t.Errorf("text_length %d, own length %d, expected %d", response.TextLength, length, each.Length[unit])
				}
				for i, quote := range response.Quotes {
					if got := [2]int{int(quote.Span.Begin), int(quote.Span.End)}; got != each.Said[i].Span[unit] {
						t.Errorf("quote at %v, expected %v", got, each.Said[i].Span[unit])
					}
				}
				for _, span := range spansOf(response.ProtoReflect()) {
					if cut(span.Begin, span.End) != span.Text {
						t.Errorf("own slice %q, named text %q", cut(span.Begin, span.End), span.Text)
					}
				}
			})
		}
	}
}

func TestErrorsTellTheirReason(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	for _, each := range cases(t).Errors {
		t.Run(each.Name, func(t *testing.T) {
			var request kutipv1.AnnotateRequest
			if err := protojson.Unmarshal(each.Request, &request); err != nil {
				t.Fatal(err)
			}
			_, err := client.AnnotateDocument(context.Background(), request.Document, request.Options)
			expectError(t, err, each.Error)
		})
	}
}

func TestBadTextFailsAlone(t *testing.T) {
	address, _ := startLive(t, "127.0.0.1:0")
	client := connect(t, address)
	batch := cases(t).Batch
	documents := make([]*kutipv1.Document, len(batch.Documents))
	for i, document := range batch.Documents {
		documents[i] = &kutipv1.Document{}
		if err := protojson.Unmarshal(document, documents[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, size := range []int{1, 2, 64} {
		t.Run(strconv.Itoa(size), func(t *testing.T) {
			i := 0
			bulk := kutip.Bulk{BatchSize: size, InFlight: 2}
			for outcome, err := range client.AnnotateAll(context.Background(), slices.Values(documents), nil, bulk) {
				if err != nil {
					t.Fatal(err)
				}
				expected := batch.Outcomes[i]
				if outcome.Document != documents[i] {
					t.Errorf("outcome %d is of another document", i)
				}
				if expected.Reason != "" {
					var failure *kutip.Error
					if !errors.As(outcome.Err, &failure) || failure.Reason != expected.Reason {
						t.Errorf("%v, expected %s", outcome.Err, expected.Reason)
					}
				} else if got := speakers(outcome.Answer); !slices.Equal(got, expected.Speakers) {
					t.Errorf("speakers %q, expected %q", got, expected.Speakers)
				}
				i++
			}
			if i != len(documents) {
				t.Errorf("%d outcomes", i)
			}
		})
	}
}

func TestScriptedReplies(t *testing.T) {
	for _, each := range cases(t).Scripted {
		t.Run(each.Name, func(t *testing.T) {
			address, server := startScripted(t, each.Replies)
			client := connect(t, address)
			if each.TimeoutMs != 0 {
				client.Timeout = time.Duration(each.TimeoutMs) * time.Millisecond
			}
			began := time.Now()
			answer, err := client.Annotate(context.Background(), "teks", nil)
			if time.Since(began) < time.Duration(each.AtLeastMs)*time.Millisecond || int(server.calls.Load()) != each.Calls {
				t.Errorf("%d calls in %v", server.calls.Load(), time.Since(began))
			}
			if each.Error != nil {
				expectError(t, err, *each.Error)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var kinds, forms []int
			for _, speaker := range answer.Response.Speakers {
				kinds = append(kinds, int(speaker.Kind))
			}
			for _, quote := range answer.Response.Quotes {
				forms = append(forms, int(quote.Form))
			}
			if answer.Response.DocumentId != each.DocumentID || !reflect.DeepEqual(kinds, each.SpeakerKinds) ||
				!reflect.DeepEqual(forms, each.QuoteForms) {
				t.Errorf("%v", answer.Response)
			}
			if encoded, err := proto.Marshal(answer.Response); err != nil || !bytes.Contains(encoded, each.UnknownField) {
				t.Errorf("%s is not in %s", base64.StdEncoding.EncodeToString(each.UnknownField), encoded)
			}
		})
	}
}
